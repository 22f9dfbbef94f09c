import type { DatasetPart } from '@oneshot/data';
import onnxProto from 'onnx-proto';
import { describe, expect, test } from 'vitest';
import { GraphBuilder } from './graph/graph-builder.js';
import { encodeModel } from './graph/model.js';
import { type ScoredData, scoreOnnx } from './score.js';
import { loadClassifier } from './session.js';

const { onnx } = onnxProto;
const image = { height: 1, width: 2, channels: 3 };
const classes = ['a', 'b', 'c', 'd', 'e', 'f'];

/**
 * Flattens its input and gives it as scores: six classes, whose scores are the six values that went
 * in, in their order.
 */
function echo(dims: readonly (number | string)[], softmaxed = false): Uint8Array {
  const graph = new GraphBuilder();
  const flat = graph.node('Flatten', ['image'], softmaxed ? 'flat' : 'scores', { axis: 1 });
  if (softmaxed) graph.node('Softmax', [flat], 'scores', { axis: 1 });
  return encodeModel(graph, 'echo', { name: 'image', dims }, { name: 'scores', dims: ['batch', 6] }, {});
}

const pixels = Uint8Array.of(10, 20, 30, 40, 50, 60);
const scoresOf = async (model: Uint8Array, options: Parameters<typeof loadClassifier>[2]) => {
  const classifier = await loadClassifier(model, image, options);
  const scores = Array.from(await classifier.run(pixels, 1), (value) => Number(value.toFixed(4)));
  await classifier.release();
  return scores;
};

describe('models from elsewhere', () => {
  const raw = { pixels: { range: 'raw' } } as const;

  test('take pixels channels first or last, by the shape of their input', async () => {
    expect(await scoresOf(echo(['n', 3, 1, 2]), raw)).toEqual([10, 40, 20, 50, 30, 60]);
    expect(await scoresOf(echo(['n', 1, 2, 3]), raw)).toEqual([10, 20, 30, 40, 50, 60]);
  });

  test('take pixels as fractions, normalised by channel, when told so', async () => {
    const unit = { pixels: { range: 'unit', mean: [0, 0.1, 0.2], std: [1, 0.5, 0.25] } } as const;
    const expected = [10 / 255, (20 / 255 - 0.1) / 0.5, (30 / 255 - 0.2) / 0.25];
    expect((await scoresOf(echo(['n', 1, 2, 3]), unit)).slice(0, 3)).toEqual(
      expected.map((value) => Number(value.toFixed(4))),
    );
  });

  test('without a word on their pixels they are refused, and the error says what to do', async () => {
    await expect(scoresOf(echo(['n', 3, 1, 2]), {})).rejects.toMatchObject({
      code: 'unknown_pixel_range',
      allowed: expect.stringMatching(/^--pixels raw .*, or --pixels unit .*--mean and --std/),
    });
  });

  test('a mean or a deviation that is not one number per channel is refused, not taken for the first channels', async () => {
    const options = { pixels: { range: 'unit', mean: [0.5], std: [1, 1, 1] } } as const;
    await expect(scoresOf(echo(['n', 3, 1, 2]), options)).rejects.toMatchObject({
      code: 'invalid_pixels',
      field: 'mean',
      found: '1 value',
    });
  });

  test('whose file leaves the number of classes open are run once to see it', async () => {
    const graph = new GraphBuilder();
    graph.node('Flatten', ['image'], 'scores', { axis: 1 });
    const [input, output] = [
      { name: 'image', dims: ['n', 3, 1, 2] },
      { name: 'scores', dims: ['n', 'classes'] },
    ] as const;
    const open = encodeModel(graph, 'open', input, output, {});
    const part: DatasetPart = { image, count: 1, images: pixels, labels: Int32Array.of(5) };
    expect((await scoreOnnx(open, { part, classes }, { ...raw, latencyRuns: 1 })).accuracy).toBe(1);
    await expect(scoreOnnx(open, { part, classes: classes.slice(1) }, raw)).rejects.toMatchObject({
      code: 'wrong_class_count',
      found: '6 outputs without names',
    });
  });

  test('with a fixed batch they are filled up, and never given more', async () => {
    const part: DatasetPart = {
      image,
      count: 3,
      images: Uint8Array.from([...pixels, ...pixels, ...pixels]),
      labels: Int32Array.of(5, 5, 0),
    };
    const score = await scoreOnnx(
      echo([2, 3, 1, 2]),
      { part, classes },
      {
        ...raw,
        latencyRuns: 1,
        latencyGrid: { batches: [1, 2, 4], threads: [1] },
      },
    );
    expect(score.accuracy).toBe(2 / 3);
    expect(score.latencies.map(({ batch, threads }) => [batch, threads])).toEqual([
      [1, 1],
      [2, 1],
    ]);
  });

  test('a provider that is not there is refused with those that are', async () => {
    await expect(scoresOf(echo(['n', 3, 1, 2]), { ...raw, provider: 'npu' })).rejects.toMatchObject({
      code: 'provider_unavailable',
      found: 'npu',
      allowed: expect.stringMatching(/^cpu/),
    });
  });
});

describe('calibration', () => {
  const one = (label: number): ScoredData => ({
    part: {
      image,
      count: 2,
      images: Uint8Array.from([...pixels, ...pixels]),
      labels: Int32Array.of(5, label),
    },
    classes,
  });
  // Logits 0 … 60/255: probabilities are nearly even, the largest that of class 5.
  const options = { pixels: { range: 'unit' }, latencyRuns: 1 } as const;
  const powers = [10, 40, 20, 50, 30, 60].map((value) => Math.exp(value / 255));
  const p = powers.map((power) => power / powers.reduce((a, b) => a + b));

  test('Brier score, likelihood and expected error are those of the softmax, worked out by hand', async () => {
    const { calibration, outputs, perClass } = await scoreOnnx(echo(['n', 3, 1, 2]), one(0), options);
    const brier = (label: number) => p.reduce((sum, value, i) => sum + (value - (i === label ? 1 : 0)) ** 2, 0);
    const largest = Math.max(...p);
    expect(outputs).toBe('logits');
    expect(calibration.brier).toBeCloseTo((brier(5) + brier(0)) / 2, 6);
    expect(calibration.negativeLogLikelihood).toBeCloseTo(-(Math.log(p[5] ?? 0) + Math.log(p[0] ?? 0)) / 2, 6);
    expect(calibration.expectedCalibrationError).toBeCloseTo(0.5 - largest, 6);
    expect(calibration.bins).toEqual([
      { low: 2 / 15, high: 3 / 15, images: 2, accuracy: 0.5, confidence: expect.closeTo(largest, 6) },
    ]);
    expect(perClass.map(({ precision }) => precision)).toEqual([null, null, null, null, null, 0.5]);
  });

  test('a model that ends in a softmax is seen to, and calibrated alike', async () => {
    const logits = await scoreOnnx(echo(['n', 3, 1, 2]), one(0), options);
    const ended = await scoreOnnx(echo(['n', 3, 1, 2], true), one(0), options);
    expect(ended.outputs).toBe('probabilities');
    expect(ended.calibration.brier).toBeCloseTo(logits.calibration.brier, 6);
  });
});

describe('files that claim more than they hold', () => {
  const part: DatasetPart = { image, count: 1, images: pixels, labels: Int32Array.of(0) };
  const data: ScoredData = { part, classes };
  const grown = async (work: () => Promise<unknown>) => {
    const before = process.memoryUsage().rss;
    await work();
    return process.memoryUsage().rss - before;
  };

  test('a length of 3 GB in the header is refused without reserving it', async () => {
    // Field 7 (graph), length-delimited, 3,000,000,000 bytes as a varint, and then almost nothing.
    const claim = Uint8Array.of(0x08, 0x08, 0x3a, 0x80, 0xbc, 0xc1, 0x96, 0x0b, 0x00, 0x00);
    const bytes = await grown(() => expect(scoreOnnx(claim, data)).rejects.toMatchObject({ code: 'not_onnx' }));
    expect(bytes).toBeLessThan(300e6);
  });

  test('a weight of 3 GB that is not in the file, and one in another file, are refused without reserving it', async () => {
    const model = onnx.ModelProto.decode(echo(['n', 3, 1, 2]));
    const weight = {
      name: 'w',
      dataType: onnx.TensorProto.DataType.FLOAT,
      dims: [750_000_000],
      rawData: new Uint8Array(4),
    };
    model.graph?.initializer?.push(onnx.TensorProto.create(weight));
    const file = onnx.ModelProto.encode(model).finish();
    const bytes = await grown(() =>
      expect(scoreOnnx(file, data, { pixels: { range: 'raw' } })).rejects.toMatchObject({ code: 'not_onnx' }),
    );
    expect(bytes).toBeLessThan(300e6);
    const elsewhere = { ...weight, rawData: new Uint8Array(0), dataLocation: onnx.TensorProto.DataLocation.EXTERNAL };
    model.graph?.initializer?.splice(-1, 1, onnx.TensorProto.create(elsewhere));
    await expect(scoreOnnx(onnx.ModelProto.encode(model).finish(), data)).rejects.toMatchObject({
      found: 'weight w in another file',
    });
  });
});
