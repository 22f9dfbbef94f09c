import { tinyCampaign } from '../harness/tiny-campaign.js';
import { tinyDataset } from '../harness/tiny-dataset.js';
import { nastyJson } from './nasty-values.js';
import type { Random } from './random.js';

const cell = {
  nodes: [
    [
      { op: 'sep_conv_3x3', from: 0 },
      { op: 'sep_conv_5x5', from: 1 },
    ],
    [
      { op: 'dil_conv_3x3', from: 0 },
      { op: 'dil_conv_5x5', from: 2 },
    ],
  ],
  concat: [1, 2],
};
const genotype = { space: 'toy_cell', cells: { normal: cell, reduce: cell } };
const data = { name: tinyDataset };
const digest = '0'.repeat(64);
const run = {
  id: digest,
  state: 'RUN_STATE_SUCCEEDED',
  result: { genotype, accuracy: 0.5, history: digest },
  spec: {},
};

/**
 * What free-form fields hold when all is well: specs, campaigns, tasks, spaces, genotypes, results.
 */
const documents: readonly unknown[] = [
  { space: 'toy_cell', profile: 'darts', data, epochs: 1 },
  { space: { name: 'darts', cells: 2 }, profile: { method: 'gdas', epochs: 2 }, data: { ...data, trainImages: 8 } },
  { space: 'toy_cell', genotype, data, epochs: 1, augment: { crop: 1 }, weights: { learningRate: { from: 0.1 } } },
  { onnx: digest, data, split: 'test', latency: { batches: [1], threads: [1] } },
  { tabular: { benchmark: 'nas-bench-201', metric: 'cifar10/test' }, genotype },
  tinyCampaign({ seeds: [0, 1] }),
  tinyCampaign({ selectors: ['magnitude'], retrained: 'lowest_validation_loss' }),
  {
    campaign: { spec: tinyCampaign() },
    members: [{ method: 'darts', benchmark: 'b', seed: '0', search: run, evaluations: [run] }],
  },
  { files: 'all', reading: { form: 'wide' }, analysis: { alpha: 0.05 } },
  { plot: 'boxes', format: 'svg' },
  { name: 'toy_cell' },
  genotype,
  { accuracy: 0.5, genotypeId: digest },
];

/** A valid document with up to two places changed to something else. */
export function almostValid(random: Random, known: readonly string[]): unknown {
  let document = random.of(documents);
  const changes = random.below(3);
  for (let change = 0; change < changes; change += 1) document = changed(document, random, known);
  return document;
}

function changed(value: unknown, random: Random, known: readonly string[]): unknown {
  if (typeof value !== 'object' || value === null || random.chance(0.2)) return nastyJson(random, known);
  if (Array.isArray(value)) {
    if (value.length === 0) return [nastyJson(random, known)];
    return value.with(random.below(value.length), changed(random.of(value), random, known));
  }
  const keys = Object.keys(value);
  if (keys.length === 0 || random.chance(0.1)) return { ...value, extra: nastyJson(random, known) };
  const key = random.of(keys);
  return { ...value, [key]: changed(Reflect.get(value, key), random, known) };
}
