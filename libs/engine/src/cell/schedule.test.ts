import { describe, expect, it } from 'vitest';
import '../register.js';
import { randomSchedule } from '../conformance/testing/random-schedule.js';
import { EngineError } from '../errors.js';
import { tensor, zeros } from '../tensor/create.js';
import { read } from '../tensor/read.js';
import { variable } from '../variables/variable.js';
import { runCell } from './run.js';
import type { CellSchedule } from './schedule.js';
import { cellShapes, outputShape, validateSchedule } from './shapes.js';
import { updateRunning } from './update-running.js';

const convolution = (weights: number, channels: number) =>
  ({
    kind: 'chain',
    mix: null,
    stages: [
      {
        relu: true,
        convolution: { size: 1, stride: 2, channels, weights },
        norm: { affine: false, weights: 0, statistics: 0 },
      },
    ],
  }) as const;

const schedule: CellSchedule = {
  inputs: [{ height: 5, width: 6, channels: 3 }],
  nodes: [
    { edges: [{ from: 0, branches: [convolution(0, 4)] }] },
    { edges: [{ from: 1, branches: [{ kind: 'identity', mix: 0 }] }] },
  ],
  output: [1, 2],
  weightCount: 12,
  statisticCount: 8,
  mixCount: 1,
};

describe('a cell schedule', () => {
  it('tells the shape of every state and of its output', () => {
    expect(cellShapes(schedule)).toEqual([
      { height: 5, width: 6, channels: 3 },
      { height: 3, width: 3, channels: 4 },
      { height: 3, width: 3, channels: 4 },
    ]);
    expect(outputShape(schedule)).toEqual({ height: 3, width: 3, channels: 8 });
  });

  it('is refused with every fault and its place at once', () => {
    const faulty: CellSchedule = {
      ...schedule,
      nodes: [
        { edges: [{ from: 0, branches: [convolution(1, 4), { kind: 'identity', mix: 3 }] }] },
        {
          edges: [{ from: 1, branches: [], partial: { keep: 5, stride: 1, bypassMix: null } }],
          shape: { height: 3, width: 3, channels: 4 },
        },
        { edges: [{ from: 5, branches: [] }], shape: { height: 3, width: 3, channels: 4 } },
      ],
      output: [9],
    };
    let error: unknown;
    try {
      validateSchedule(faulty);
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(EngineError);
    expect((error as EngineError).code).toBe('invalid_schedule');
    expect((error as EngineError).faults.map(({ path }) => path)).toEqual([
      'nodes[0].edges[0].branches[0].stages[0].weights',
      'nodes[0].edges[0].branches[1].mix',
      'nodes[0].edges[0].branches[1]',
      'nodes[1].edges[0].partial.keep',
      'nodes[2].edges[0].from',
      'output[0]',
    ]);
  });

  it('gives each norm statistics of its own', () => {
    const norm = { affine: false, weights: 0, statistics: 0 } as const;
    const branch = { kind: 'pool', pool: 'max', size: 3, stride: 1, padding: 1, mix: null } as const;
    const branches = [
      { ...branch, norm },
      { ...branch, norm: { ...norm, statistics: 5 } },
    ];
    const shared: CellSchedule = {
      ...schedule,
      statisticCount: 11,
      nodes: [{ edges: [{ from: 0, branches }] }],
      output: [1],
    };
    expect(() => validateSchedule(shared)).toThrow(
      /nodes\[0\]\.edges\[0\]\.branches\[1\]\.norm\.statistics: those from 5 on are another norm's too/,
    );
  });

  it('needs a shape where no branch tells one', () => {
    const bare: CellSchedule = {
      ...schedule,
      nodes: [{ edges: [{ from: 0, branches: [{ kind: 'zero', mix: null }] }] }],
      output: [1],
    };
    expect(() => validateSchedule(bare)).toThrow(/nodes\[0\]\.shape.*needed/);
  });

  it('refuses arguments that do not fit it, naming them', () => {
    const given = { inputs: [zeros([2, 5, 6, 3])], weights: zeros([12]), mix: tensor([1]), mode: 'train' } as const;
    expect(() => runCell(schedule, { ...given, inputs: [] })).toThrow(/inputs.*1 tensors.*0/);
    expect(() => runCell(schedule, { ...given, inputs: [zeros([2, 5, 6, 4])] })).toThrow(/inputs\[0\].*\[2, 5, 6, 4\]/);
    expect(() => runCell(schedule, { ...given, weights: zeros([11]) })).toThrow(/weights.*\[12\].*\[11\]/);
    expect(() => runCell(schedule, { ...given, mix: zeros([3, 1]) })).toThrow(/mix.*\[1\] or \[2, 1\].*\[3, 1\]/);
    expect(() => runCell(schedule, { ...given, mode: 'eval' })).toThrow(/running/);
  });

  it('moves running statistics by PyTorch’s rule: momentum 0.1, unbiased variance', () => {
    const running = variable(Float32Array.of(0, 0, 0, 0, 1, 1, 1, 1), [8], 'running');
    updateRunning(schedule, running, tensor([1, 2, 3, 4, 2, 2, 2, 2]), 2);
    // 2 images of 3×3: n/(n−1) = 18/17.
    const variance = 0.9 + 0.1 * 2 * (18 / 17);
    const expected = [0.1, 0.2, 0.3, 0.4, variance, variance, variance, variance];
    expect([...read(running.value)]).toEqual(expected.map((x) => expect.closeTo(x, 6)));
  });

  it('of any random kind is valid', () => {
    for (let seed = 0; seed < 200; seed++) expect(() => validateSchedule(randomSchedule(seed))).not.toThrow();
  });
});
