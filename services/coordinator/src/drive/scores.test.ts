import { summariseTwoStage } from '@oneshot/benchmarks';
import { Run, RunState } from '@oneshot/contracts';
import { expect, test } from 'vitest';
import { type MemberKey, membersOf } from '../campaign/members.js';
import { campaignSchema } from '../campaign/schema.js';
import type { MemberState } from '../reconcile/member-state.js';
import { createScoreTally } from './scores.js';
import { twoStageRecords } from './two-stage.js';

const scored = (result: Record<string, unknown>): Run => ({
  ...Run.fromPartial({ id: 'e', state: RunState.RUN_STATE_SUCCEEDED }),
  result,
});
const benchmarkScores = (keys: readonly MemberKey[], members: readonly MemberState[]) => {
  const tally = createScoreTally(keys);
  for (const each of members) tally.add(each);
  return tally.scores();
};
const member = (index: number, evaluations: readonly (Run | undefined)[]): MemberState => ({
  ...{ index, course: 'retrain', search: undefined, trainings: [], evaluations },
});

test('mean and maximum of test accuracy are over seeds and hyperparameter sets; seeds at rest have none', () => {
  const campaign = campaignSchema.parse({
    name: 'suite',
    methods: ['darts', 'gdas'],
    benchmarks: [{ name: 'a', space: 'darts', data: 'cifar10' }],
    seeds: [0, 1],
    retrain: [{ epochs: 1 }, { epochs: 2 }],
  });
  const accuracies = [[0.5, 0.7], [], [], [0.4, 0.8]];
  const members = accuracies.map((values, index) =>
    member(
      index,
      values.map((accuracy) => scored({ accuracy })),
    ),
  );
  expect(benchmarkScores(membersOf(campaign), members)).toEqual([
    { method: 'darts', benchmark: 'a', mean: 0.6, maximum: 0.7, count: 2 },
    { method: 'gdas', benchmark: 'a', mean: expect.closeTo(0.6, 12), maximum: 0.8, count: 2 },
  ]);
});

test('a two-stage campaign has its trainers apart from the baselines, which are no methods', () => {
  const campaign = campaignSchema.parse({
    name: 'stages',
    methods: ['darts'],
    selectors: ['magnitude', 'validity'],
    benchmarks: [{ name: 'a', space: 'nasbench201', data: 'cifar10' }],
    seeds: [0],
    twoStage: {},
    evaluate: { tabular: 'nas-bench-201' },
  });
  const keys = membersOf(campaign);
  expect(keys.map(({ name }) => name)).toEqual(
    ['darts', 'NI', 'NU', 'RU', 'RI'].flatMap((name) => [`${name}+magnitude`, `${name}+validity`]),
  );
  const identification = { curve: [], topTenth: 0.3, tau: 0.1, architectures: 500 };
  const members = keys.map((key) =>
    member(key.index, [scored({ accuracy: key.name.startsWith('RI') ? 0.93 : 0.9, identification })]),
  );
  expect(benchmarkScores(keys, members).map(({ method }) => method)).toEqual(['darts+magnitude', 'darts+validity']);
  const { trainers, selectors } = summariseTwoStage(members.flatMap((each) => twoStageRecords(keys, each)));
  expect(trainers).toMatchObject([{ trainer: 'darts', identificationTopTenth: 0.3, superiority: null }]);
  expect(selectors.map(({ reliance }) => reliance)).toEqual([
    { distribution: expect.closeTo(0.03, 12), weights: 0 },
    { distribution: expect.closeTo(0.03, 12), weights: 0 },
  ]);
});
