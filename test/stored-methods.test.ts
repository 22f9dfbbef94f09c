import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { selectBackend } from '@oneshot/engine';
import {
  type CheckpointStore,
  parseSearchSpec,
  parseTrainingSpec,
  runSearch,
  runTraining,
  searchRunId,
  trainingRunId,
} from '@oneshot/training';
import { beforeAll, describe, expect, it } from 'vitest';
import { tinyDataset } from '../libs/training/src/testing/tiny-dataset.js';
import { DARTS_V2 } from './harness/darts-v2.js';

// Everything recorded here was made by version 0.1, when the parts of methods stood in lists.
const file = (name: string) => readFileSync(new URL(`recorded/methods/${name}`, import.meta.url));

interface RecordedRun {
  readonly name: string;
  readonly spec: object;
  readonly history: string;
  readonly weights: string;
  readonly alpha?: string;
  readonly beta?: string;
}

const runs: readonly RecordedRun[] = JSON.parse(file('runs.json').toString());
const ids: Readonly<Record<'searches' | 'trainings', readonly { readonly spec: object; readonly runId: string }[]>> =
  JSON.parse(file('run-ids.json').toString());

const digest = (value: unknown) => createHash('sha256').update(JSON.stringify(value)).digest('hex');

/** Goes on from a recorded checkpoint; keeps nothing. */
const opened = (name: string): CheckpointStore => ({ load: async () => file(name), save: async () => {} });

function recorded(name: string): RecordedRun {
  const run = runs.find((each) => each.name === name);
  if (run === undefined) throw new RangeError(`no run ${name}`);
  return run;
}

describe('runs of version 0.1', () => {
  const dataset = tinyDataset();

  // Bits are promised per instruction set; these are those of plain scalar arithmetic, which every
  // machine has.
  beforeAll(async () => {
    process.env.ONESHOT_SIMD = 'scalar';
    await selectBackend({ backend: 'native', threads: 1 });
  });

  it.each(ids.searches)('have the same id as searches: $spec', ({ spec, runId }) => {
    const data = { name: 'fashion-mnist-sample' };
    expect(searchRunId(parseSearchSpec({ ...spec, data, seed: 1 }))).toBe(runId);
  });

  it.each(ids.trainings)('have the same id as trainings: $spec', ({ spec, runId }) => {
    const written = { space: 'darts', genotype: DARTS_V2, data: { name: 'cifar10' }, ...spec };
    expect(trainingRunId(parseTrainingSpec(written))).toBe(runId);
  });

  it.each(['kl', 'second', 'gdas'])('leave the same α, β, weights and history: %s', async (name) => {
    const { spec, ...expected } = recorded(name);
    const found = await runSearch(spec, { dataset });
    expect({
      name,
      history: digest(found.history),
      alpha: digest(found.alpha),
      ...(found.beta === undefined ? {} : { beta: digest(found.beta) }),
      weights: found.weightsDigest,
    }).toEqual(expected);
  });

  it('go on from a checkpoint of a search, and end where they would have ended', async () => {
    const { spec, alpha, weights, history } = recorded('kl');
    const found = await runSearch(spec, { dataset, checkpoints: opened('search.safetensors') });
    expect([digest(found.alpha), found.weightsDigest, digest(found.history)]).toEqual([alpha, weights, history]);
  });

  it('go on from a checkpoint of a training', async () => {
    const { spec, weights, history } = recorded('training');
    const trained = await runTraining(spec, { dataset, checkpoints: opened('training.safetensors') });
    expect([trained.weightsDigest, digest(trained.history)]).toEqual([weights, history]);
  });
});
