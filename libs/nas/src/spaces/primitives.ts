/** Operations of the DARTS space, in the order of its authors' code (Liu et al. 2019); the order fixes the columns of α. */
export const DARTS_PRIMITIVES = [
  'none',
  'max_pool_3x3',
  'avg_pool_3x3',
  'skip_connect',
  'sep_conv_3x3',
  'sep_conv_5x5',
  'dil_conv_3x3',
  'dil_conv_5x5',
] as const;

/** Operations of NAS-Bench-201 (Dong and Yang 2020), in its order. */
export const NASBENCH201_PRIMITIVES = ['none', 'skip_connect', 'nor_conv_1x1', 'nor_conv_3x3', 'avg_pool_3x3'] as const;

/** Operations of the toy cell space (Sukthanker et al. 2023, appendix C). */
export const TOY_CELL_PRIMITIVES = ['sep_conv_3x3', 'sep_conv_5x5', 'dil_conv_3x3', 'dil_conv_5x5'] as const;

/** Every operation that can be built. */
export const PRIMITIVES = [
  ...DARTS_PRIMITIVES,
  'sep_conv_7x7',
  'nor_conv_1x1',
  'nor_conv_3x3',
  'nor_conv_5x5',
  'nor_conv_7x7',
] as const;

export type Primitive = (typeof PRIMITIVES)[number];

export function isPrimitive(name: string): name is Primitive {
  return (PRIMITIVES as readonly string[]).includes(name);
}
