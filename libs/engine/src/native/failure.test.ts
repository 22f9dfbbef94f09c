import '../register.js';
import { needs } from '@oneshot/test/needs';
import { engine } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { selectBackend } from '../backend/select.js';
import { cellMemory } from '../cell/memory.js';
import { runCell } from '../cell/run.js';
import type { CellSchedule } from '../cell/schedule.js';
import { EngineError } from '../errors.js';
import { depthwiseConvolution } from '../ops/depthwise-convolution.js';
import { ones, tensor, zeros } from '../tensor/create.js';
import { memory, tidy } from '../tensor/memory.js';
import { read } from '../tensor/read.js';
import { loadAddon } from './addon.js';
import { NativeBackend } from './backend.js';

function failure(work: () => unknown): EngineError {
  try {
    tidy(() => {
      work();
    });
  } catch (error) {
    if (error instanceof EngineError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

/** Where the pool would put its next array. */
function nextPlace(): number {
  const { backend } = engine();
  if (!(backend instanceof NativeBackend)) throw new Error('not the native backend');
  const values = backend.allocate(100_000);
  backend.pool.give(values);
  return values.byteOffset;
}

/** A border of a million pixels around a small image: 250 TB of scratch. */
const tooLarge = (): unknown =>
  depthwiseConvolution(ones([1, 64, 64, 4]), ones([3, 3, 4]), { dilation: 1_000_000, padding: 1_000_000 });

const edge = { from: 0, branches: [{ kind: 'identity', mix: null }] } as const;
const cell = (length: number): CellSchedule => ({
  inputs: [{ height: length, width: length, channels: length }],
  nodes: [{ edges: [edge] }],
  output: [1],
  weightCount: 0,
  statisticCount: 0,
  mixCount: 0,
});

describe('a failure of the native engine', needs('the native engine', !('reason' in loadAddon())), () => {
  beforeAll(async () => {
    await selectBackend({ backend: 'native', threads: 2 });
  });

  it('is an error with a reason when memory runs out, and the engine goes on', () => {
    const error = failure(tooLarge);
    expect(error.code).toBe('out_of_memory');
    expect(error.message).toMatch(/^The engine ran out of memory: the system gives no further [\d.]+ MiB\.$/);
    const sum = tidy(() => read(depthwiseConvolution(ones([1, 4, 4, 1]), ones([3, 3, 1]))));
    expect([...sum]).toEqual([9, 9, 9, 9]);
  });

  it('gives back what the call had taken', () => {
    failure(tooLarge);
    const [place, tensors] = [nextPlace(), memory().tensors];
    for (let i = 0; i < 3; i++) failure(tooLarge);
    expect(nextPlace()).toBe(place);
    expect(memory().tensors).toBe(tensors);
  });

  it('comes before anything runs where a cell is larger than any memory', () => {
    const error = failure(() => cellMemory(cell(2 ** 30), 64, { mode: 'train' }));
    expect(error.message).toMatch(/64 images of this cell need more than memory can hold/);
    expect(failure(() => cellMemory(cell(2 ** 40), 1, { mode: 'train' })).message).toMatch(
      /allowed: at most 2147483648/,
    );
  });

  it('names an argument that shares memory with a result', () => {
    const { backend } = engine();
    const { addon } = backend as NativeBackend;
    const values = new Float32Array(8);
    expect(() => addon.softmax(4, values, values.subarray(4))).toThrow(/wanted|shares memory/);
  });

  it('of a cell leaves its memory free for others', () => {
    const small = cell(32);
    const wrong = zeros([2, 32, 32, 32]);
    const run = (): unknown =>
      runCell(small, { inputs: [wrong], weights: tensor([]), mix: tensor([]), mode: 'train' }).output;
    tidy(() => {
      run();
    });
    const place = nextPlace();
    tidy(() => {
      run();
    });
    expect(nextPlace()).toBe(place);
    wrong.dispose();
  });
});
