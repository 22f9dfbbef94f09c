import type { Genotype } from '../genotype/genotype.js';
import { type Part, Parts } from '../parts/parts.js';
import type { Space } from '../spaces/space.js';
import type { SelectionInput } from './selector.js';

/**
 * How a genotype is read off α and β alone, at any time and at once. A part without options:
 * profiles write its name.
 */
export interface Selector extends Omit<Part, 'options'> {
  /** Whether it looks at α: then α must have learned. */
  readonly readsAlpha: boolean;
  /** Whether it looks at what a sampler that draws edges has learned of them. */
  readonly readsTopology?: true;
  /** Whether it can form architectures of a space. */
  fits(space: Space): boolean;
  select(input: SelectionInput): Genotype;
}

export const selectors = new Parts<Selector>('selector');

/** Adds a selector to those that profiles can name. Throws RangeError if the name is taken. */
export function defineSelector(selector: Selector): void {
  selectors.define(selector);
}
