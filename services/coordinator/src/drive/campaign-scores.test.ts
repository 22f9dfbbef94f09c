import { Run, RunState } from '@oneshot/contracts';
import type { RunRecord } from '@oneshot/jobs';
import { canonicalDigest } from '@oneshot/nas';
import { expect, test } from 'vitest';
import { campaignSchema } from '../campaign/schema.js';
import type { MemberState } from '../reconcile/member-state.js';
import { campaignScores } from './campaign-scores.js';

const succeeded = (id: string, result: Record<string, unknown>): Run => ({
  ...Run.fromPartial({ id, state: RunState.RUN_STATE_SUCCEEDED }),
  result,
});

/** A campaign as stored. */
function record(changes: Readonly<Record<string, unknown>> = {}): RunRecord {
  const spec = campaignSchema.parse({
    name: 'suite',
    methods: ['darts', { name: 'mine', profile: { name: 'gdas', epochs: 3 } }],
    benchmarks: [{ name: 'a', space: { name: 'darts', cells: 8 }, data: 'cifar10' }],
    seeds: [0],
    ...changes,
  });
  return {
    ...{
      id: canonicalDigest(spec),
      state: 'SUCCEEDED',
      spec,
      progress: undefined,
      result: undefined,
      failure: undefined,
    },
    ...{ attempt: 1, createdAt: 0, updatedAt: 0, sequence: 1 },
  };
}

/** A member whose sets were scored so; undefined: the set was not. */
function member(index: number, accuracies: readonly (number | undefined)[]): MemberState {
  return {
    ...{ index, course: 'retrain', search: succeeded('search', { genotypeId: 'genotype' }) },
    trainings: accuracies.map((_, set) => succeeded(`training ${set}`, {})),
    evaluations: accuracies.map((accuracy, set) =>
      accuracy === undefined ? undefined : succeeded(`evaluation ${set}`, { accuracy, modelId: `model ${set}` }),
    ),
  };
}

test('a score tells method, benchmark and seed, and the runs it came of', () => {
  expect(campaignScores(record(), [member(0, [0.5]), member(1, [undefined])])).toEqual([
    {
      ...{ campaignId: record().id, campaign: 'suite', method: 'darts', benchmark: 'a', seed: 0, retraining: 0 },
      ...{ space: 'darts', dataset: 'cifar10', accuracy: 0.5, genotypeId: 'genotype', searchRunId: 'search' },
      ...{ trainingRunId: 'training 0', evaluationRunId: 'evaluation 0', modelId: 'model 0', createdAt: undefined },
      methodSettings: expect.stringMatching(/^[0-9a-f]{64}$/),
      benchmarkSettings: expect.stringMatching(/^[0-9a-f]{64}$/),
    },
  ]);
});

test('several hyperparameter sets are told apart; those that were not scored are left out', () => {
  const sets = record({ retrain: [{ epochs: 1 }, { epochs: 2 }, { epochs: 3 }] });
  const scores = campaignScores(sets, [member(0, [0.5, undefined, 0.7])]);
  expect(scores.map(({ retraining, accuracy }) => [retraining, accuracy])).toEqual([
    [1, 0.5],
    [3, 0.7],
  ]);
});

test('settings are the same whatever a campaign and its benchmarks are called, and others when anything else differs', () => {
  const settings = (changes: Readonly<Record<string, unknown>>) =>
    campaignScores(record(changes), [member(0, [0.5])]).map((score) => score.benchmarkSettings)[0];
  const benchmark = { name: 'b', space: { name: 'darts', cells: 8 }, data: 'cifar10' };
  const same = settings({});
  expect(settings({ name: 'other', benchmarks: [benchmark], seeds: [3] })).toBe(same);
  expect(settings({ benchmarks: [{ ...benchmark, space: 'darts' }] })).toBe(
    settings({ benchmarks: [{ ...benchmark, space: { name: 'darts' } }] }),
  );
  const others = [
    settings({ benchmarks: [{ ...benchmark, space: { name: 'darts', cells: 5 } }] }),
    settings({ benchmarks: [{ ...benchmark, data: { name: 'cifar10', trainImages: 100 } }] }),
    settings({ benchmarks: [{ ...benchmark, search: { epochs: 3 } }] }),
    settings({ retrain: [{ epochs: 3 }] }),
    settings({ evaluate: { split: 'train' } }),
    settings({ retrained: 'lowest_validation_loss' }),
  ];
  expect(new Set([same, ...others]).size).toBe(7);
});

test('supernets that serve as baselines have no score', () => {
  const stages = record({
    ...{ methods: ['darts'], benchmarks: [{ name: 'a', space: 'nasbench201', data: 'cifar10' }], twoStage: {} },
    ...{ selectors: ['magnitude', 'validity'], evaluate: { tabular: 'nas-bench-201' } },
  });
  const members = Array.from({ length: 10 }, (_, index) => member(index, [0.5]));
  expect(campaignScores(stages, members).map(({ method }) => method)).toEqual(['darts+magnitude', 'darts+validity']);
});
