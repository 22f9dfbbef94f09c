import { z } from 'zod';
import { NasError } from '../errors.js';
import { faultsOf } from '../zod-faults.js';
import { DARTS_PRIMITIVES, NASBENCH201_PRIMITIVES, PRIMITIVES, TOY_CELL_PRIMITIVES } from './primitives.js';

const channels = z.int().min(1).max(1024).default(16);

const primitives = z
  .array(z.enum(PRIMITIVES))
  .min(1)
  .refine((names) => new Set(names).size === names.length, { error: 'the same primitive twice' })
  .refine((names) => names.some((name) => name !== 'none'), { error: 'none alone is no space' });

/** Toy cell space (Sukthanker et al. 2023, appendix C): cells reduction, normal, reduction. */
export const toyCellDefinition = z.strictObject({
  name: z.literal('toy_cell'),
  /** Channels of the stem; doubled by each reduction cell. Default 16. */
  channels,
  /** Options of every edge. Default: separable and dilated convolutions, 3×3 and 5×5. */
  primitives: primitives
    .refine((names) => !names.includes('none'), { error: 'none is not allowed: every edge is kept' })
    .default([...TOY_CELL_PRIMITIVES]),
});

/** DARTS cell space (Liu et al. 2019) of any size. */
export const dartsDefinition = z.strictObject({
  name: z.literal('darts'),
  /** Cells; reductions at one and two thirds of the depth, none in a single cell. Default 8. */
  cells: z.int().min(1).max(64).default(8),
  /** Channels of the first cell; doubled by each reduction cell. Default 16. */
  channels,
  /** Intermediate nodes of a cell. Default 4. */
  nodes: z.int().min(1).max(16).default(4),
  /** Options of every edge. Default: the eight of DARTS. */
  primitives: primitives.default([...DARTS_PRIMITIVES]),
  /** Channels of the stem as a multiple of `channels`. Default 3. */
  stemMultiplier: z.int().min(1).max(8).default(3),
  /**
   * While searching, every operation with weights has a skip connection beside it, scaled by the operation's own architecture weight (Jha et al. 2025,
   * "All-skip"); networks of genotypes are built without them. Default: none.
   */
  auxiliarySkip: z.literal(true).optional(),
});

/** NAS-Bench-201 (Dong and Yang 2020): stages of equal cells with residual blocks at stride 2 between them. */
export const nasbench201Definition = z.strictObject({
  name: z.literal('nasbench201'),
  /** Cells per stage. Default 5. */
  cells: z.int().min(1).max(32).default(5),
  /** Stages; channels double from one to the next. Default 3. */
  stages: z.int().min(1).max(5).default(3),
  /** Channels of the first stage. Default 16. */
  channels,
  /** Options of every edge. Default: the five of NAS-Bench-201. */
  primitives: primitives.default([...NASBENCH201_PRIMITIVES]),
});

const definitions = { toy_cell: toyCellDefinition, darts: dartsDefinition, nasbench201: nasbench201Definition };

export type SpaceName = keyof typeof definitions;

/** The names of all spaces. */
export const SPACE_NAMES = Object.keys(definitions) as readonly SpaceName[];

/** A search space with every option filled in; plain JSON. */
export type SpaceDefinition = z.infer<(typeof definitions)[SpaceName]>;

/** What a user writes: a name, or a name with options. */
export type SpaceInput = SpaceName | ({ readonly name: SpaceName } & Readonly<Record<string, unknown>>);

/** Reads a space as users write it. Throws NasError `invalid_space` with every fault; paths start with `root`. */
export function parseSpaceDefinition(input: unknown, root = 'space'): SpaceDefinition {
  const value = typeof input === 'string' ? { name: input } : input;
  const name = typeof value === 'object' && value !== null && 'name' in value ? value.name : undefined;
  const schema = typeof name === 'string' ? Object.entries(definitions).find(([key]) => key === name)?.[1] : undefined;
  if (schema === undefined) {
    const found = name === undefined ? 'no name' : `unknown space ${JSON.stringify(name)}`;
    throw new NasError('invalid_space', [
      { path: root ? `${root}.name` : 'name', message: `${found}; known: ${SPACE_NAMES.join(', ')}` },
    ]);
  }
  const result = schema.safeParse(value);
  if (!result.success) throw new NasError('invalid_space', faultsOf(result.error, value, root));
  return result.data;
}
