import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatasetPart } from '@oneshot/data';
import { describe, expect, test } from 'vitest';
import { GraphBuilder } from './graph/graph-builder.js';
import { encodeModel, readProperties } from './graph/model.js';
import { metadataProperties } from './metadata.js';
import { type ScoredData, scoreOnnx } from './score.js';

const image = { height: 2, width: 2, channels: 1 };
const properties = metadataProperties(
  { classes: ['a', 'b', 'c', 'd', 'e', 'f'], genotype: '{}', dataset: { name: 'tiny', digest: 'd1' }, run: 'r1' },
  { mean: [0], std: [1] },
);

/**
 * A model whose logit k is pixel 0 times k, up to three classes, else 0: it always says class 2,
 * unless pixel 0 is 0.
 */
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
const data: ScoredData = { part, classes: ['a', 'b', 'c', 'd', 'e', 'f'] };

describe('scoring', () => {
  test('counts accuracy, by class, and among the five largest', async () => {
    const bytes = model();
    const score = await scoreOnnx(bytes, data, { batch: 2, latencyRuns: 5 });
    // Right: both of class 2, and the last one, whose equal logits go to the first class.
    expect(score).toMatchObject({ images: 5, accuracy: 3 / 5, top5Accuracy: 4 / 5, bytes: bytes.length });
    expect(score.perClass.map(({ accuracy }) => accuracy)).toEqual([1, 0, 1, null, null, 0]);
    expect(score.latency.median).toBeGreaterThan(0);
    expect(score.latency.p95).toBeGreaterThanOrEqual(score.latency.median);
  });

  test('gives the same accuracy for a file, any batch and any number of threads', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'oneshot-score-'));
    const path = join(directory, 'model.onnx');
    await writeFile(path, model());
    const score = await scoreOnnx(path, data, { batch: 5, threads: 2, latencyRuns: 1 });
    expect(score.accuracy).toBe(3 / 5);
    await rm(directory, { recursive: true });
  });

  test('refuses a truncated file, a file that is no ONNX and one that is not there', async () => {
    const bytes = model();
    await expect(scoreOnnx(bytes.subarray(0, bytes.length - 9), data)).rejects.toMatchObject({ code: 'not_onnx' });
    await expect(scoreOnnx(Buffer.from('hello, this is text'), data)).rejects.toMatchObject({ code: 'not_onnx' });
    await expect(scoreOnnx(new Uint8Array(0), data)).rejects.toMatchObject({ code: 'not_onnx' });
    await expect(scoreOnnx('/no/such/model.onnx', data)).rejects.toMatchObject({
      code: 'not_onnx',
      field: '/no/such/model.onnx',
    });
  });

  test('refuses other images than the model takes', async () => {
    await expect(scoreOnnx(model({ channels: 3 }), data)).rejects.toMatchObject({
      code: 'wrong_input_shape',
      message: 'model: found images of 3×2×2; allowed: 1×2×2 (channels×height×width) or 2×2×1, as the data has',
    });
    await expect(scoreOnnx(model({ channels: 3 }), data, { name: 'model 7b00' })).rejects.toMatchObject({
      field: 'model 7b00',
    });
  });

  test('refuses a model that does not say which pixel values it takes, and one that is no image classifier', async () => {
    await expect(scoreOnnx(model({ properties: {} }), data)).rejects.toMatchObject({ code: 'unknown_pixel_range' });
    const graph = new GraphBuilder();
    graph.node('Relu', ['image'], 'logits');
    const port = { dims: ['batch', 1, 2, 2] };
    const relu = encodeModel(graph, 'relu', { name: 'image', ...port }, { name: 'logits', ...port }, properties);
    await expect(scoreOnnx(relu, data)).rejects.toMatchObject({ code: 'not_an_image_classifier' });
  });
});

describe('classes', () => {
  const foreign = (classes: number) => model({ classes, properties: {} });
  const raw = { pixels: { range: 'raw' }, latencyRuns: 1 } as const;

  test('are matched by name: the same images under labels of another order give the same score', async () => {
    const inOrder = await scoreOnnx(model(), data, { latencyRuns: 1 });
    const order = ['f', 'c', 'a', 'b', 'e', 'd'];
    const labels = part.labels.map((label) => order.indexOf(data.classes[label] ?? ''));
    const permuted = await scoreOnnx(model(), { part: { ...part, labels }, classes: order }, { latencyRuns: 1 });
    const { perClass, ...rest } = permuted;
    expect(rest).toMatchObject({
      accuracy: inOrder.accuracy,
      top5Accuracy: inOrder.top5Accuracy,
      calibration: inOrder.calibration,
      matchedBy: 'name',
      otherClasses: [],
    });
    expect([...perClass].sort((a, b) => (a.name < b.name ? -1 : 1))).toEqual(inOrder.perClass);
  });

  test('that only the model has are told, with the images taken for them; their probabilities count in calibration', async () => {
    // All say c but the last, which is a by its even logits.
    const labels = Int32Array.of(0, 0, 1, 1, 1);
    const score = await scoreOnnx(model(), { part: { ...part, labels }, classes: ['b', 'a'] }, { latencyRuns: 1 });
    expect(score.accuracy).toBe(1 / 5);
    expect(score.perClass).toEqual([
      { name: 'b', images: 2, accuracy: 0, precision: null },
      { name: 'a', images: 3, accuracy: 1 / 3, precision: 1 },
    ]);
    expect(score.otherClasses).toEqual(['c', 'd', 'e', 'f'].map((name) => ({ name, predicted: name === 'c' ? 4 : 0 })));
    // Four images are all but certainly c: 2 each. The last is a sixth each: 25/36 + 5/36.
    expect(score.calibration.brier).toBeCloseTo((4 * 2 + 30 / 36) / 5, 3);
  });

  test('of the data that the model does not know are refused, all of them at once', async () => {
    const unknown = { part, classes: ['A', 'b', 'c', 'dé', 'e', 'f'] };
    await expect(scoreOnnx(model(), unknown)).rejects.toMatchObject({
      code: 'unknown_class',
      found: '"A" (the model has "a"), "dé", which the model does not know',
      allowed: expect.stringMatching(/^"a", "b", "c", "d", "e", "f": the model's classes, in the order of its outputs/),
    });
    const names = ['A', 'b', 'c', 'dé', 'e', 'f'];
    expect((await scoreOnnx(model(), unknown, { classes: names, latencyRuns: 1 })).accuracy).toBe(3 / 5);
  });

  test('of a model without names are matched by position where their numbers agree, and refused otherwise', async () => {
    expect(await scoreOnnx(foreign(6), data, raw)).toMatchObject({ accuracy: 3 / 5, matchedBy: 'position' });
    for (const outputs of [5, 7]) {
      await expect(scoreOnnx(foreign(outputs), data, raw)).rejects.toMatchObject({
        code: 'wrong_class_count',
        found: `${outputs} outputs without names`,
        allowed: expect.stringMatching(/^6, as many as the data has classes .*--classes/),
      });
    }
    const named = await scoreOnnx(foreign(7), data, { ...raw, classes: ['c', 'b', 'a', 'd', 'e', 'f', 'g'] });
    expect(named).toMatchObject({ matchedBy: 'name', otherClasses: [{ name: 'g', predicted: 0 }] });
    // Output 2 goes by a now: every image but the last, whose equal logits go to the first output,
    // c.
    expect(named.accuracy).toBe(0);
  });

  test('given in a wrong number or twice, or that the file tells in no readable way, are refused', async () => {
    const given = (classes: readonly string[]) => scoreOnnx(model(), data, { classes });
    await expect(given(['a', 'b'])).rejects.toMatchObject({
      code: 'invalid_class_names',
      allowed: '6, one per output',
    });
    await expect(given(['a', 'b', 'c', 'a', 'b', 'x'])).rejects.toMatchObject({ found: '"a", "b" more than once' });
    for (const said of ['["a","b"]', '["a","a","b","c","d","e"]', 'a,b,c,d,e,f', '[1,2,3,4,5,6]']) {
      const damaged = model({ properties: { ...properties, 'oneshot.classes': said } });
      await expect(scoreOnnx(damaged, data)).rejects.toMatchObject({ code: 'invalid_class_names' });
    }
  });

  test('are compared in one Unicode form, as folders of another file system have them', async () => {
    const composed = model({ properties: { ...properties, 'oneshot.classes': '["\u00e9","b","c","d","e","f"]' } });
    const decomposed = ['e\u0301', 'b', 'c', 'd', 'e', 'f'];
    expect(await scoreOnnx(composed, { part, classes: decomposed }, { latencyRuns: 1 })).toMatchObject({
      accuracy: 3 / 5,
      matchedBy: 'name',
    });
    const both = { part, classes: ['\u00e9', 'e\u0301', 'c', 'd', 'e', 'f'] };
    await expect(scoreOnnx(composed, both)).rejects.toMatchObject({ field: 'classes of the data' });
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
