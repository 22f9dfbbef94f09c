import { z } from 'zod';
import type { PartSpec } from '../parts/part-spec.js';
import { type Part, Parts } from '../parts/parts.js';

/**
 * Selectors that may run the trained supernet, as profiles name them. What they do belongs to the
 * room that trains supernets, which defines them.
 */
export const finalSelectors = new Parts<Part>('selector');

/** Where that room is not loaded, their options are read by nobody, and any will do. */
export function finalSelectorSchema(): z.ZodType<PartSpec> {
  return finalSelectors.names().length === 0 ? z.looseObject({ name: z.string() }) : finalSelectors.schema();
}
