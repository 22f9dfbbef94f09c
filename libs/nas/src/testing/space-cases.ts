import { randomStream } from '@oneshot/engine';
import type { TaskShape } from '../network.js';
import type { Space } from '../spaces/space.js';
import { createSpace } from '../spaces/space.js';
import type { SupernetOptions } from '../supernet.js';

/** A small network of a space of which PyTorch's numbers are recorded, and what goes into it. */
export interface SpaceCase {
  readonly name: string;
  readonly space: Space;
  readonly target: TaskShape;
  readonly options: SupernetOptions;
  /** Keys the images, so that no input of a ReLU lies near its kink. */
  readonly seed: number;
}

/** Images of every batch. */
export const BATCH = 4;

const made = (name: string, definition: object, side: number, rest: Partial<SpaceCase> = {}): SpaceCase => ({
  name,
  space: createSpace(definition),
  target: { input: { height: side, width: side, channels: 3 }, outputs: 5 },
  options: {},
  seed: 1,
  ...rest,
});

const macro = {
  name: 'conv_macro',
  kernels: [3, 5],
  channels: [
    [2, 4],
    [2, 4],
    [4, 6],
    [4, 6],
  ],
  last: 4,
  hidden: [8],
};
const mobile = { name: 'mobilenetv3', kernels: [3, 5], expansions: [3, 4], depths: [1, 2], width: 0.25 };
const shared = { options: { sharing: 'shared' } } as const;

/**
 * Every space that came from a paper after the first three, with weights of their own and with
 * shared ones.
 */
export const SPACE_CASES: readonly SpaceCase[] = [
  made('robust-darts-s1', { name: 'robust_darts', subspace: 'S1', cells: 3, channels: 2 }, 16),
  made('robust-darts-s2', { name: 'robust_darts', subspace: 'S2', cells: 3, channels: 2 }, 16),
  made('robust-darts-s3', { name: 'robust_darts', subspace: 'S3', cells: 3, channels: 2 }, 16),
  made('robust-darts-s4', { name: 'robust_darts', subspace: 'S4', cells: 3, channels: 2 }, 16),
  made('nasbench1shot1-1', { name: 'nasbench1shot1', subspace: 1, cells: 3, channels: 2 }, 16),
  made('nasbench1shot1-2', { name: 'nasbench1shot1', subspace: 2, cells: 3, channels: 2 }, 16),
  made('nasbench1shot1-3', { name: 'nasbench1shot1', subspace: 3, cells: 3, channels: 2 }, 16),
  made('nasbench1shot1-skip', { name: 'nasbench1shot1', subspace: 1, skip: true, cells: 3, channels: 2 }, 16),
  made('tangle-cell', { name: 'tangle_cell', channels: 4 }, 16),
  made('conv-macro', macro, 16),
  made('conv-macro-shared', macro, 16, shared),
  made('mobilenetv3', mobile, 64, { seed: 3 }),
  made('mobilenetv3-shared', mobile, 64, { ...shared, seed: 3 }),
];

/** The images of a case, `[batch, height, width, channels]`. */
export function imagesOf({ name, target, seed }: SpaceCase): Float32Array {
  const { height, width, channels } = target.input;
  return randomStream(seed, 'parity', name).normal(BATCH * height * width * channels);
}

export function labelsOf({ target }: SpaceCase): Int32Array {
  return Int32Array.from({ length: BATCH }, (_, index) => (3 * index) % target.outputs);
}

/** Architecture parameters of a group, `[choices, options]`: all different. */
export function alphaOf(count: number): Float32Array {
  return Float32Array.from({ length: count }, (_, index) => 0.5 * Math.sin(1 + 3 * index));
}
