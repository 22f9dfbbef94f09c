import { DARTS_V2 } from '../step/model.js';
import { STEP_ROWS } from '../step/rows.js';

/** One run whose estimate is held against what it takes. */
export interface EstimateCase {
  readonly name: string;
  readonly kind: 'search' | 'training';
  /** Without data, which the measurement makes. */
  readonly spec: Readonly<Record<string, unknown>>;
  readonly batch: number;
}

const toy = { name: 'toy_cell', channels: 8 };
const toyGenotype =
  "Genotype(normal=[('sep_conv_3x3', 0), ('sep_conv_5x5', 0), ('sep_conv_5x5', 1)], normal_concat=range(1, 3), " +
  "reduce=[('dil_conv_3x3', 0), ('sep_conv_3x3', 0), ('dil_conv_5x5', 1)], reduce_concat=range(1, 3))";
const cellGenotype = '|nor_conv_3x3~0|+|nor_conv_1x1~0|skip_connect~1|+|avg_pool_3x3~0|nor_conv_3x3~1|nor_conv_3x3~2|';

const macroGenotype = `conv_macro(${[1, 2, 3, 4]
  .map((layer) => `layer${layer}.kernel=5; layer${layer}.channels=${8 * 2 ** layer}`)
  .join('; ')})`;
/** Small enough for short runs. */
const mobile = { name: 'mobilenetv3', depths: [1, 2], kernels: [3, 5], expansions: [3, 4] };
const mobileGenotype = `mobilenetv3(${[1, 2, 3, 4, 5]
  .flatMap((stage) => [
    `stage${stage}.depth=2`,
    ...[1, 2].map((block) => `stage${stage}.block${block}.kernel=5; stage${stage}.block${block}.expansion=4`),
  ])
  .join('; ')})`;

/** Search and retraining in every space; searches are those of the table of steps. */
export const ESTIMATE_CASES: readonly EstimateCase[] = [
  { name: 'toy_cell', kind: 'search', spec: { space: toy, profile: 'darts' }, batch: 64 },
  ...STEP_ROWS.map(({ name, space, method, batch }): EstimateCase => {
    if (method !== 'retrain') return { name, kind: 'search', spec: { space, profile: method }, batch };
    return { name, kind: 'training', spec: { space, genotype: DARTS_V2 }, batch };
  }),
  {
    name: 'single-cell-recompute',
    kind: 'search',
    spec: {
      space: { name: 'darts', cells: 1, channels: 26, nodes: 8 },
      profile: { method: 'darts', recompute: true },
    },
    batch: 64,
  },
  {
    name: 'darts-bf16',
    kind: 'search',
    spec: {
      space: { name: 'darts', cells: 8, channels: 16, nodes: 4 },
      profile: { method: 'darts', precision: 'bf16' },
    },
    batch: 64,
  },
  { name: 'retrain-toy_cell', kind: 'training', spec: { space: toy, genotype: toyGenotype }, batch: 96 },
  {
    name: 'retrain-nasbench201',
    kind: 'training',
    spec: { space: 'nasbench201', genotype: cellGenotype },
    batch: 96,
  },
  { name: 'conv_macro', kind: 'search', spec: { space: 'conv_macro', profile: 'darts' }, batch: 64 },
  {
    name: 'conv_macro-uniform',
    kind: 'search',
    spec: { space: 'conv_macro', profile: { method: 'darts', sampler: { name: 'uniform' }, selector: 'random' } },
    batch: 64,
  },
  {
    name: 'retrain-conv_macro',
    kind: 'training',
    spec: { space: 'conv_macro', genotype: macroGenotype },
    batch: 96,
  },
  { name: 'mobilenetv3', kind: 'search', spec: { space: mobile, profile: 'darts' }, batch: 64 },
  {
    name: 'mobilenetv3-uniform',
    kind: 'search',
    spec: { space: mobile, profile: { method: 'darts', sampler: { name: 'uniform' }, selector: 'random' } },
    batch: 64,
  },
  { name: 'retrain-mobilenetv3', kind: 'training', spec: { space: mobile, genotype: mobileGenotype }, batch: 96 },
];
