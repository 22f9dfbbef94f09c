import type { Precision } from '@oneshot/engine';
import { type Fault, NasError } from '../errors.js';
import type { Space } from '../spaces/space.js';
import { supernet } from '../supernet.js';

/** What cells may run in. */
export const PRECISIONS = ['float32', 'bf16'] as const satisfies readonly Precision[];

/** Settings without a precision that is the default: they mean, and are named by, the same. */
export function plainPrecision<T extends { readonly precision?: Precision | undefined }>(settings: T): T {
  const { precision, ...others } = settings;
  return precision === 'bf16' ? settings : (others as T);
}

/** Why networks of a space cannot run in a precision: nothing but cells runs in bf16. */
export function precisionFaults(precision: unknown, space: Space): readonly Fault[] {
  if (precision !== 'bf16' || hasCells(space)) return [];
  const message = `found bf16; networks of ${space.name} have no cells, and single operations run in float32; allowed: float32`;
  return [{ path: 'precision', message }];
}

function hasCells(space: Space): boolean {
  const { halvings, least } = space.kind.images(space.definition);
  const side = Math.ceil(Math.max(least, 1) / 2 ** halvings) * 2 ** halvings;
  try {
    const target = { input: { height: side, width: side, channels: 3 }, outputs: 2 };
    return supernet(space, target).description.blocks.some(({ kind }) => kind === 'cell');
  } catch (error) {
    // What is wrong with the space is told where it is built for a data set.
    if (error instanceof NasError) return true;
    throw error;
  }
}
