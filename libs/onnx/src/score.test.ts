import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatasetPart } from '@oneshot/data';
import { describe, expect, test } from 'vitest';
import { GraphBuilder } from './graph/graph-builder.js';
import { encodeModel, readProperties } from './graph/model.js';
import { metadataProperties } from './metadata.js';
import { scoreOnnx } from './score.js';

const image = { height: 2, width: 2, channels: 1 };
const properties = metadataProperties(
  { classes: ['a', 'b', 'c', 'd', 'e', 'f'], genotype: '{}', dataset: { name: 'tiny', digest: 'd1' }, run: 'r1' },
  { mean: [0], std: [1] },
);

/** A model whose logit k is pixel 0 times k, up to three classes, else 0: it always says class 2, unless pixel 0 is 0. */
function model(options: { channels?: number; classes?: number; properties?: Record<string, string> } = {}): Uint8Array {
  const { channels = 1, classes = 6 } = options;
  const graph = new GraphBuilder();
  const flat = graph.node('Flatten', ['image'], 'flat', { axis: 1 });
  const weights = Float32Array.from({ length: 4 * channels * classes }, (_, i) => (i < Math.min(3, classes) ? i : 0));
  graph.node('MatMul', [flat, graph.floats(weights, [4 * channels, classes], 'weights')], 'logits');
  return encodeModel(
    graph,
    'tiny',
    { name: 'image', dims: ['batch', channels, 2, 2] },
    { name: 'logits', dims: ['batch', classes] },
    options.properties ?? properties,
  );
}

/** Pixel 0 is 9 but for the last image; labels 2, 2, 1, 5, 0. */
const part: DatasetPart = {
  image,
  count: 5,
  images: Uint8Array.from({ length: 20 }, (_, i) => (i % 4 === 0 && i < 16 ? 9 : 0)),
  labels: Int32Array.of(2, 2, 1, 5, 0),
};

describe('scoring', () => {
  test('counts accuracy, by class, and among the five largest', async () => {
    const bytes = model();
    const score = await scoreOnnx(bytes, part, { batch: 2, latencyRuns: 5 });
    // Right: both of class 2, and the last one, whose equal logits go to the first class.
    expect(score).toMatchObject({ images: 5, accuracy: 3 / 5, top5Accuracy: 4 / 5, bytes: bytes.length });
    expect(score.classAccuracy).toEqual([1, 0, 1, null, null, 0]);
    expect(score.latency.median).toBeGreaterThan(0);
    expect(score.latency.p95).toBeGreaterThanOrEqual(score.latency.median);
  });

  test('gives the same accuracy for a file, any batch and any number of threads', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'oneshot-score-'));
    const path = join(directory, 'model.onnx');
    await writeFile(path, model());
    const score = await scoreOnnx(path, part, { batch: 5, threads: 2, latencyRuns: 1 });
    expect(score.accuracy).toBe(3 / 5);
    await rm(directory, { recursive: true });
  });

  test('refuses a truncated file, a file that is no ONNX and one that is not there', async () => {
    const bytes = model();
    await expect(scoreOnnx(bytes.subarray(0, bytes.length - 9), part)).rejects.toMatchObject({ code: 'not_onnx' });
    await expect(scoreOnnx(Buffer.from('hello, this is text'), part)).rejects.toMatchObject({ code: 'not_onnx' });
    await expect(scoreOnnx(new Uint8Array(0), part)).rejects.toMatchObject({ code: 'not_onnx' });
    await expect(scoreOnnx('/no/such/model.onnx', part)).rejects.toMatchObject({
      code: 'not_onnx',
      field: '/no/such/model.onnx',
    });
  });

  test('refuses other images than the model takes', async () => {
    await expect(scoreOnnx(model({ channels: 3 }), part)).rejects.toMatchObject({
      code: 'wrong_input_shape',
      message: 'model: found images of 3×2×2; allowed: 1×2×2 (channels×height×width) or 2×2×1, as the data has',
    });
    await expect(scoreOnnx(model({ channels: 3 }), part, { name: 'model 7b00' })).rejects.toMatchObject({
      field: 'model 7b00',
    });
  });

  test('refuses labels that the model has no logit for', async () => {
    await expect(scoreOnnx(model({ classes: 5 }), part)).rejects.toMatchObject({
      code: 'wrong_class_count',
      message: 'model: found 5 classes; allowed: at least 6, as the data has',
    });
  });

  test('refuses a model that does not say which pixel values it takes, and one that is no image classifier', async () => {
    await expect(scoreOnnx(model({ properties: {} }), part)).rejects.toMatchObject({ code: 'unknown_pixel_range' });
    const graph = new GraphBuilder();
    graph.node('Relu', ['image'], 'logits');
    const port = { dims: ['batch', 1, 2, 2] };
    const relu = encodeModel(graph, 'relu', { name: 'image', ...port }, { name: 'logits', ...port }, properties);
    await expect(scoreOnnx(relu, part)).rejects.toMatchObject({ code: 'not_an_image_classifier' });
  });
});

test('a model tells its genotype, data set, run, classes and how pixels go in', () => {
  expect(Object.fromEntries(readProperties(model(), 'model'))).toMatchObject({
    'oneshot.genotype': '{}',
    'oneshot.dataset': 'tiny',
    'oneshot.dataset_digest': 'd1',
    'oneshot.run': 'r1',
    'oneshot.classes': '["a","b","c","d","e","f"]',
    'oneshot.input': expect.stringContaining('raw pixel values 0-255'),
  });
});
