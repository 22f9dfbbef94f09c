import type { Fault } from '../errors.js';
import type { PartSpec } from '../parts/part-spec.js';
import { type OptionsOf, type OptionsShape, type Part, Parts } from '../parts/parts.js';

/**
 * Where a schedule starts: the learning rate of the first step, or the one that a warm-up ends
 * with.
 */
export interface Start {
  readonly from: number;
}

/** How a learning rate changes over a run. */
export interface SchedulePart<O = PartSpec> extends Part {
  /** The rate by the epochs gone by, fractions of them included, of the `epochs` that there are. */
  create(options: O & Start, epochs: number): (position: number) => number;
  /** What its options contradict, in one sentence each; paths are those of its options. */
  exclusions?(options: O & Start): readonly Fault[];
}

export const schedules = new Parts<SchedulePart>('schedule');

/**
 * Adds a schedule to those that learning rates can name. Throws RangeError if the name is taken.
 */
export function defineSchedule<S extends OptionsShape>(
  part: Omit<SchedulePart<OptionsOf<S>>, 'options'> & { readonly options?: S },
): void {
  // A part is given options that its own schema made; the registry forgets their exact type.
  schedules.define(part as unknown as SchedulePart);
}
