import { selectBackend } from '@oneshot/engine';
import { beforeAll, describe, expect, it } from 'vitest';
import { memoryStore } from '../testing/memory-store.js';
import { tinyDataset } from '../testing/tiny-dataset.js';
import { runSearch } from './run-search.js';

const dataset = tinyDataset();

beforeAll(() => selectBackend({ backend: 'auto', threads: 1 }));

/**
 * One cell, one node, two edges, each either the state or nothing. The classes are separable, so
 * passing the state on lowers the validation loss and `none` raises it: α must move towards
 * `skip_connect`, whichever column it stands in.
 */
describe.each([
  'darts',
  'darts_second_order',
  'gdas',
  'pcdarts',
  'drnas',
  'smoothdarts_rs',
  'smoothdarts_adv',
  'snas',
  'reinmax',
])('%s on a problem with a known answer', (method) => {
  it.each([
    [['none', 'skip_connect'], 1],
    [['skip_connect', 'none'], 0],
  ])('moves α towards the operation that helps: %j', async (primitives, helpful) => {
    const { alpha, history } = await runSearch(
      {
        space: { name: 'darts', cells: 1, nodes: 1, channels: 3, primitives },
        profile: {
          method,
          epochs: 10,
          batch: 8,
          augment: { crop: 0, flip: false },
          weights: { learningRate: { from: 0.1, to: 0.01 } },
          architecture: { learningRate: 0.05, frozenEpochs: 0 },
          ...(method === 'pcdarts' ? { mutations: [{ name: 'partial_connection', keep: 3 }] } : {}),
          ...(method === 'gdas' ? { sampler: { temperature: { from: 2, to: 0.5 } } } : {}),
        },
        data: { name: 'tiny' },
        seed: 1,
      },
      { dataset },
    );
    const rows = alpha.normal ?? [];
    expect(rows).toHaveLength(2);
    const lead = rows.reduce((sum, row) => sum + ((row[helpful] ?? 0) - (row[1 - helpful] ?? 0)), 0);
    expect(lead).toBeGreaterThan(0.2);
    expect(history.at(-1)?.trainAccuracy).toBeGreaterThan(0.6);
  });
});

/**
 * Two nodes; the second may read the state that is nothing but noise. The classes are separable
 * from what the others pass on: α must leave noise as an operation, and β the edge that has nothing
 * else.
 */
describe.each(['rome', 'rome_v1'])('%s on a problem with a known answer', (method) => {
  it.each([
    [['noise', 'skip_connect'], 1],
    [['skip_connect', 'noise'], 0],
  ])('moves α and β towards what helps: %j', async (options, helpful) => {
    const { history } = await runSearch(
      {
        space: {
          name: 'cell',
          nodes: 2,
          kept: 2,
          cells: 1,
          channels: 3,
          options,
          edges: [{ from: 1, to: 3, options: ['noise'] }],
        },
        profile: {
          method,
          draws: 3,
          epochs: 10,
          batch: 8,
          augment: { crop: 0, flip: false },
          weights: { learningRate: { from: 0.1, to: 0.01 } },
          architecture: { learningRate: 0.05 },
          sampler: { temperature: { from: 2, to: 0.5 } },
        },
        data: { name: 'tiny' },
        seed: 1,
      },
      { dataset },
    );
    const last = history.at(-1);
    const rows = last?.alpha['normal/2'] ?? [];
    expect(rows).toHaveLength(4);
    const lead = rows.reduce((sum, row) => sum + ((row[helpful] ?? 0) - (row[1 - helpful] ?? 0)), 0);
    expect(lead).toBeGreaterThan(0.2);
    // Of the edges into the second node that from state 1 is noise.
    const [good, noise, better] = (last?.edgeWeights?.['normal/2'] ?? [])
      .slice(2, 3)
      .concat(last?.edgeWeights?.['normal/1'] ?? [], (last?.edgeWeights?.['normal/2'] ?? []).slice(3));
    expect(noise).toBeLessThan(Math.min(good ?? 0, better ?? 0));
  });
});

it('fairdarts drives its weights apart, to 0 or 1, by its penalty', async () => {
  const decided = async (scale: number) => {
    const { alpha } = await runSearch(
      {
        space: { name: 'darts', cells: 1, nodes: 1, channels: 3, primitives: ['none', 'skip_connect', 'avg_pool_3x3'] },
        profile: {
          method: 'fairdarts',
          epochs: 6,
          batch: 8,
          augment: { crop: 0, flip: false },
          regularizer: { scale },
          architecture: { learningRate: 0.05 },
        },
        data: { name: 'tiny' },
        seed: 1,
      },
      { dataset },
    );
    const weights = (alpha.normal ?? []).flat().map((value) => 1 / (1 + Math.exp(-value)));
    return weights.reduce((sum, weight) => sum + Math.abs(weight - 0.5) / weights.length, 0);
  };
  const [without, with10] = [await decided(0), await decided(10)];
  expect(with10).toBeGreaterThan(1.2 * without);
});

describe('a search with a stop', () => {
  const spec = (stop: object | undefined) => ({
    space: { name: 'darts', cells: 1, nodes: 2, channels: 2, primitives: ['skip_connect', 'avg_pool_3x3'] },
    profile: { method: 'darts', epochs: 4, batch: 8, augment: { crop: 0, flip: false }, ...(stop && { stop }) },
    data: { name: 'tiny' },
    seed: 3,
  });

  it('ends after the first epoch in which the normal cell has so many skip connections, and says so', async () => {
    const whole = await runSearch(spec(undefined), { dataset });
    const counts = whole.history.map(({ genotype }) => {
      const [normal = ''] = genotype.split('normal_concat');
      return normal.split('skip_connect').length - 1;
    });
    expect(counts[0]).toBeGreaterThan(0);
    const stopped = await runSearch(spec({ name: 'skip_count', count: 1, patience: 2 }), { dataset });
    const end = counts.findIndex((count, epoch) => epoch > 0 && count > 0 && (counts[epoch - 1] ?? 0) > 0);
    expect(stopped.history).toHaveLength(end + 1);
    const plural = counts[end] === 1 ? '' : 's';
    expect(stopped.stopped).toBe(
      `the normal cell has ${counts[end]} skip connection${plural} for 2 epochs; allowed: 0`,
    );
    expect(stopped.history.at(-1)).toEqual({ ...whole.history[end], stop: stopped.stopped });
    expect(whole).not.toHaveProperty('stopped');
  });

  it('ends there too when it is resumed after its last epoch', async () => {
    const checkpoints = memoryStore();
    const stop = { name: 'skip_count', count: 1 };
    const first = await runSearch(spec(stop), { dataset, checkpoints });
    const again = await runSearch(spec(stop), { dataset, checkpoints });
    expect(again.history).toEqual(first.history);
    expect(again.weightsDigest).toBe(first.weightsDigest);
  });
});
