import { randomStream, selectBackend } from '@oneshot/engine';
import { createSpace, derivedNetwork, Network, randomGenotype } from '@oneshot/nas';
import { beforeAll, describe, expect, test } from 'vitest';
import { networkLogits, randomNetwork, randomPixels } from '../testing/random-network.js';
import { verifyExport } from '../verify.js';
import { exportOnnx } from './export-onnx.js';

const normalisation = { mean: [0.49, 0.48, 0.45], std: [0.25, 0.24, 0.26] };
const classes = Array.from({ length: 10 }, (_, i) => `class ${i}`);
const image = { height: 8, width: 8, channels: 3 };

beforeAll(async () => {
  await selectBackend({ backend: 'reference' });
});

const spaces = [
  { name: 'toy_cell', channels: 4 },
  { name: 'darts', cells: 3, channels: 4 },
  { name: 'nasbench201', cells: 1, channels: 4 },
];

describe.each(spaces)('50 random genotypes of $name', (definition) => {
  test('give logits in onnxruntime that differ by at most 1e-4 from the network', async () => {
    const space = createSpace(definition);
    let largest = 0;
    for (let seed = 0; seed < 50; seed++) {
      const genotype = randomGenotype(space, randomStream(seed, 'test', 'genotype'));
      const description = derivedNetwork(space, genotype, { input: image, outputs: 10 });
      const network = randomNetwork(description, seed);
      const model = exportOnnx({ description, state: network.state(), normalisation, metadata: { classes } });
      const pixels = randomPixels(2, description, seed);
      const logits = networkLogits(network, pixels, normalisation);
      const { largestDifference } = await verifyExport(model, { image, pixels, logits });
      largest = Math.max(largest, largestDifference);
      network.dispose();
    }
    expect(largest).toBeLessThan(1e-4);
  });
});

test('a network trained with drop path and an auxiliary head exports as if nothing were dropped, without the auxiliary head', async () => {
  const space = createSpace({ name: 'darts', cells: 5, channels: 4 });
  const genotype = randomGenotype(space, randomStream(1, 'test', 'genotype'));
  const large = { height: 32, width: 32, channels: 3 };
  const trained = derivedNetwork(space, genotype, { input: large, outputs: 10, auxiliary: 0.4, dropPath: true });
  const plain = derivedNetwork(space, genotype, { input: large, outputs: 10 });
  const network = randomNetwork(trained, 3);
  const model = exportOnnx({ description: trained, state: network.state(), normalisation, metadata: { classes } });
  const evaluated = new Network(plain, { seed: 0 });
  evaluated.restore(network.state());
  const pixels = randomPixels(2, plain, 5);
  const logits = networkLogits(evaluated, pixels, normalisation);
  await expect(verifyExport(model, { image: large, pixels, logits })).resolves.toMatchObject({ images: 2 });
  expect(Buffer.from(model).includes('auxiliary')).toBe(false);
});

test('an export whose logits differ is refused, with the difference', async () => {
  const space = createSpace({ name: 'toy_cell', channels: 4 });
  const description = derivedNetwork(space, randomGenotype(space, randomStream(2)), { input: image, outputs: 10 });
  const network = randomNetwork(description, 1);
  const state = network.state();
  const model = exportOnnx({ description, state, normalisation, metadata: { classes } });
  const pixels = randomPixels(2, description, 1);
  const logits = networkLogits(network, pixels, normalisation);
  logits[3] = (logits[3] ?? 0) + 2e-4;
  await expect(verifyExport(model, { image, pixels, logits })).rejects.toMatchObject({
    code: 'export_mismatch',
    message: expect.stringMatching(/a difference of 0.000\d+ from the network; allowed: at most 0.0001/),
  });
  logits[3] = Number.NaN;
  await expect(verifyExport(model, { image, pixels, logits })).rejects.toMatchObject({ code: 'export_mismatch' });
});

test('weights that are missing, of another length or not finite are refused by name', () => {
  const space = createSpace({ name: 'toy_cell', channels: 4 });
  const description = derivedNetwork(space, randomGenotype(space, randomStream(2)), { input: image, outputs: 10 });
  const state = new Network(description, { seed: 1 }).state();
  const write = (changes: Record<string, Float32Array>): Uint8Array =>
    exportOnnx({ description, state: { ...state, ...changes }, normalisation, metadata: { classes } });
  expect(() => write({ 'head.dense.bias': new Float32Array(3) })).toThrow(
    /head.dense.bias: found 3 values; allowed: 10/,
  );
  expect(() => write({ 'head.dense.bias': new Float32Array(10).fill(Number.NaN) })).toThrow(
    /head.dense.bias: found NaN at 0/,
  );
  expect(() => exportOnnx({ description, state, normalisation, metadata: { classes: ['one'] } })).toThrow(/1 names/);
});
