import {
  type BranchSchedule,
  type CellSchedule,
  outputShape,
  randomStream,
  read,
  runCell,
  selectBackend,
  tensor,
} from '@oneshot/engine';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { beforeAll, describe, expect, test } from 'vitest';
import { GraphBuilder } from '../graph/graph-builder.js';
import { encodeModel } from '../graph/model.js';
import { exportCell } from './cell.js';

beforeAll(async () => {
  await selectBackend({ backend: 'reference' });
});

/**
 * Runs a schedule in the engine and, exported, in onnxruntime; returns the largest difference of
 * their outputs.
 */
async function difference(schedule: CellSchedule): Promise<number> {
  const batch = 3;
  const [input] = schedule.inputs;
  if (!input) throw new Error('a schedule with an input is needed');
  const { height, width, channels } = input;
  const draw = (name: string, count: number, from: number, to: number): Float32Array =>
    randomStream(1, name)
      .uniform(count)
      .map((u) => from + (to - from) * u);
  const x = draw('x', batch * height * width * channels, -1, 1);
  const weights = draw('weights', schedule.weightCount, -1, 1);
  // Variances must be positive; means may be anything.
  const statistics = draw('statistics', schedule.statisticCount, 0.5, 1.5);
  const mix = draw('mix', schedule.mixCount, -1, 1);
  const expected = read(
    runCell(schedule, {
      inputs: [tensor(x, [batch, height, width, channels])],
      weights: tensor(weights, [weights.length]),
      mix: tensor(mix, [mix.length]),
      running: tensor(statistics, [statistics.length]),
      mode: 'eval',
    }).output,
  );
  const graph = new GraphBuilder();
  const shape = graph.node('Shape', ['x'], 'shape');
  const images = graph.node('Gather', [shape, graph.integers([0], 'axis')], 'images', { axis: 0 });
  const output = exportCell(graph, schedule, ['x'], images, { weights, statistics, mix }, 'cell');
  const result = outputShape(schedule);
  const bytes = encodeModel(
    graph,
    'cell',
    { name: 'x', dims: ['batch', channels, height, width] },
    { name: output, dims: ['batch', result.channels, result.height, result.width] },
    {},
  );
  const session = await InferenceSession.create(bytes, { logSeverityLevel: 3 });
  const planar = permuted(x, [batch, height, width, channels], [0, 3, 1, 2]);
  const found = await session.run({ x: new Tensor('float32', planar, [batch, channels, height, width]) });
  const values = found[output]?.data as Float32Array;
  await session.release();
  const interleaved = permuted(values, [batch, result.channels, result.height, result.width], [0, 2, 3, 1]);
  expect(interleaved.length).toBe(expected.length);
  return interleaved.reduce((largest, value, i) => Math.max(largest, Math.abs(value - (expected[i] ?? 0))), 0);
}

/** Axes of a four-dimensional array in another order. */
function permuted(values: Float32Array, shape: readonly number[], order: readonly number[]): Float32Array {
  const strides = shape.map((_, axis) => shape.slice(axis + 1).reduce((a, b) => a * b, 1));
  const [a = 0, b = 0, c = 0, d = 0] = order.map((axis) => shape[axis] ?? 0);
  const [sa = 0, sb = 0, sc = 0, sd = 0] = order.map((axis) => strides[axis] ?? 0);
  const result = new Float32Array(values.length);
  let out = 0;
  for (let i = 0; i < a; i++)
    for (let j = 0; j < b; j++)
      for (let k = 0; k < c; k++)
        for (let l = 0; l < d; l++) result[out++] = values[i * sa + j * sb + k * sc + l * sd] ?? 0;
  return result;
}

function schedule(
  side: number,
  channels: number,
  branches: readonly BranchSchedule[],
  more: Partial<CellSchedule> = {},
): CellSchedule {
  return {
    inputs: [{ height: side, width: side + 2, channels }],
    nodes: [{ edges: [{ from: 0, branches }] }],
    output: [1],
    weightCount: 4000,
    statisticCount: 100,
    mixCount: 8,
    ...more,
  };
}

const norm = { affine: true, weights: 3000, statistics: 0 } as const;
const plainNorm = { affine: false, weights: 0, statistics: 40 } as const;

describe('a cell exported to ONNX gives what the engine gives', () => {
  const chain = (depthwise: object, mix: number | null = null): BranchSchedule => ({
    kind: 'chain',
    mix,
    stages: [
      {
        relu: true,
        depthwise: { size: 3, stride: 1, dilation: 1, weights: 5, ...depthwise },
        convolution: { size: 1, stride: 1, channels: 7, weights: 500 },
        norm,
      },
    ],
  });
  const pool = (kind: 'max' | 'average', stride: 1 | 2, size: 2 | 3 = 3): BranchSchedule => ({
    kind: 'pool',
    pool: kind,
    size,
    stride,
    padding: size === 3 ? 1 : 0,
    mix: 0,
  });
  const reduce: BranchSchedule = { kind: 'factorized_reduce', channels: 7, weights: 11, norm, mix: null };
  const cases: readonly (readonly [string, CellSchedule])[] = [
    ['separable at stride 1', schedule(6, 7, [chain({ size: 5 })])],
    ['separable at stride 2, odd side', schedule(7, 7, [chain({ size: 3, stride: 2 })])],
    ['dilated, 7×7', schedule(9, 7, [chain({ size: 7, dilation: 2 })])],
    [
      'dense 3×3 at stride 2, other channels, several stages',
      schedule(8, 3, [
        {
          kind: 'chain',
          mix: null,
          stages: [
            { relu: false, convolution: { size: 3, stride: 2, channels: 5, weights: 0 }, norm: plainNorm },
            { relu: true, convolution: { size: 1, stride: 1, channels: 6, weights: 700 } },
          ],
        },
      ]),
    ],
    ['average pooling, padding not counted', schedule(7, 5, [pool('average', 2)])],
    ['max pooling with a norm', schedule(7, 5, [{ ...pool('max', 1), norm: plainNorm } as BranchSchedule])],
    ['2×2 average pooling at stride 2', schedule(6, 5, [pool('average', 2, 2)])],
    ['factorized reduction, even sides, odd channels', schedule(6, 5, [reduce])],
    ['factorized reduction, odd sides', schedule(5, 5, [reduce])],
    ['factorized reduction of a single row', schedule(1, 5, [reduce])],
    [
      'several branches with coefficients, one of them bare, one zero',
      schedule(6, 7, [
        chain({}, 1),
        pool('average', 1),
        { kind: 'identity', mix: 2 },
        { kind: 'bare', mix: 3 },
        { kind: 'zero', mix: 4 },
      ]),
    ],
    [
      'two nodes, one of nothing but zero and bare branches, concatenated',
      schedule(6, 5, [{ kind: 'identity', mix: null }], {
        nodes: [
          { edges: [{ from: 0, branches: [{ kind: 'identity', mix: 5 }] }] },
          {
            edges: [
              {
                from: 1,
                branches: [
                  { kind: 'zero', mix: 0 },
                  { kind: 'bare', mix: 6 },
                ],
              },
            ],
            shape: { height: 6, width: 8, channels: 5 },
          },
        ],
        output: [1, 2, 0],
      }),
    ],
    ...[12, 7, 18].flatMap((channels) =>
      ([1, 2] as const).map(
        (stride) =>
          [
            `partial connection of a share 1/4 of ${channels} channels at stride ${stride}`,
            schedule(6, channels, [], {
              nodes: [
                {
                  edges: [
                    {
                      from: 0,
                      branches: [pool('max', stride), { kind: 'zero', mix: 1 }],
                      partial: { keep: 4, stride, bypassMix: 2 },
                    },
                  ],
                },
              ],
            }),
          ] as const,
      ),
    ),
    [
      'partial connection of zero branches alone, at stride 2',
      schedule(6, 12, [], {
        nodes: [
          {
            edges: [
              { from: 0, branches: [{ kind: 'bare', mix: 1 }], partial: { keep: 3, stride: 2, bypassMix: null } },
            ],
          },
        ],
      }),
    ],
  ];
  test.each(cases)('%s', async (_, cell) => {
    expect(await difference(cell)).toBeLessThan(1e-4);
  });
});
