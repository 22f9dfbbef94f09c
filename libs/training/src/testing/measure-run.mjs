// Estimates a run and then does it, in a process of its own. Argument: kind and spec as JSON;
// prints estimated and measured peak bytes.
import { selectBackend } from '@oneshot/engine';
import { estimateSearch, estimateTraining, runSearch, runTraining } from '../../dist/index.js';

const { kind, spec } = JSON.parse(process.argv[2] ?? '{}');
await selectBackend({ threads: 1 });

const image = { height: 20, width: 20, channels: 1 };
const part = (count) => ({
  image,
  count,
  images: Uint8Array.from({ length: count * 400 }, (_, index) => (index * 7919) % 251),
  labels: Int32Array.from({ length: count }, (_, index) => index % 3),
});
const dataset = {
  name: 'tiny',
  image,
  classes: ['a', 'b', 'c'],
  train: part(48),
  test: part(24),
  mean: [0.5],
  std: [0.29],
  digest: 'tiny',
  source: 'made by the test',
};

const searches = kind === 'search';
const estimate = await (searches ? estimateSearch : estimateTraining)(spec, dataset);
const checkpoints = { load: async () => null, save: async () => undefined };
await (searches ? runSearch : runTraining)(spec, { dataset, checkpoints });
console.log(JSON.stringify({ estimated: estimate.peakBytes, measured: process.resourceUsage().maxRSS * 1024 }));
