import { dispose, selectBackend, tensor, tidy } from '@oneshot/engine';
import { Network } from '@oneshot/nas';
import { beforeAll, expect, it } from 'vitest';
import { parseTrainingSpec } from '../spec/training-spec.js';
import { tinyDataset } from '../testing/tiny-dataset.js';
import { normBatches } from './norm-statistics.js';
import { runTraining } from './run-training.js';

beforeAll(() => selectBackend({ backend: 'auto', threads: 1 }));

const dataset = tinyDataset();
const genotype =
  "Genotype(normal=[('dil_conv_3x3', 0), ('dil_conv_5x5', 0), ('sep_conv_3x3', 1)], normal_concat=range(1, 3), reduce=[('sep_conv_3x3', 0), ('sep_conv_5x5', 0), ('dil_conv_3x3', 1)], reduce_concat=range(1, 3))";
const spec = {
  space: { name: 'toy_cell', channels: 4 },
  genotype,
  data: { name: 'tiny' },
  epochs: 2,
  batch: 8,
  augment: { crop: 0, flip: false, cutout: 0 },
  dropPath: 0.2,
};

it('norms estimated again have the statistics of the training images under the learned weights', async () => {
  const lagging = await runTraining(spec, { dataset });
  const again = await runTraining({ ...spec, normImages: 48 }, { dataset });
  const network = new Network(again.network, { seed: 0 });
  network.restore(lagging.weights);
  // All 48 images are one batch here, so that its statistics are the estimate.
  const batches = normBatches(parseTrainingSpec(spec), dataset);
  expect(batches.stepsPerEpoch).toBe(1);
  const { images, count } = batches.batch(0, 0);
  const { height, width, channels } = dataset.image;
  const pixels = tensor(images, [count, height, width, channels]);
  const { statistics, values, logits } = tidy(() => {
    const result = network.forward(pixels, { mode: 'train' });
    return { ...result, values: result.statistics.map((each) => each.values) };
  });
  network.updateRunning(statistics, count, 1);
  const expected = network.state();
  dispose(pixels, logits, ...values);
  network.dispose();
  expect(Object.keys(again.weights).sort()).toEqual(Object.keys(expected).sort());
  for (const [name, found] of Object.entries(again.weights)) expect(found, name).toEqual(expected[name]);
  expect(again.weightsDigest).not.toBe(lagging.weightsDigest);
});
