import { Run, RunState } from '@oneshot/contracts';
import { expect, test } from 'vitest';
import { membersOf } from '../campaign/members.js';
import { campaignSchema } from '../campaign/schema.js';
import { changedCourses, firstCourse } from './course.js';
import type { Course, MemberState } from './member-state.js';

const campaign = campaignSchema.parse({
  name: 'best',
  methods: ['darts', 'random'],
  benchmarks: [{ name: 'a', space: 'toy_cell', data: 'tiny' }],
  seeds: [0, 1, 2],
  retrained: 'lowest_validation_loss',
});
const keys = membersOf(campaign);

/**
 * The state of the six members (darts, random under each seed) with the given searches by member;
 * absent: not ended.
 */
function stateOf(
  searches: readonly (number | 'none' | 'failed' | undefined)[],
  courses: readonly Course[] = [],
): MemberState[] {
  return keys.map(({ index }) => {
    const found = searches[index];
    const state =
      found === undefined
        ? RunState.RUN_STATE_RUNNING
        : found === 'failed'
          ? RunState.RUN_STATE_FAILED
          : RunState.RUN_STATE_SUCCEEDED;
    const search = {
      ...Run.fromPartial({ id: `${index}`, state }),
      result: { validationLoss: typeof found === 'number' ? found : null },
    };
    return {
      index,
      course: courses[index] ?? firstCourse(campaign),
      search,
      trainings: [undefined],
      evaluations: [undefined],
    };
  });
}

const changed = (members: readonly MemberState[]) =>
  changedCourses(campaign, keys, members).map(({ index, course }) => [index, course]);

test('nothing is decided before every seed of a method has been searched', () => {
  expect(changed(stateOf([0.5, undefined, 0.4]))).toEqual([]);
});

test('the seed with the lowest validation loss is retrained, the others rest', () => {
  expect(changed(stateOf([0.5, undefined, 0.4, undefined, 0.45]))).toEqual([
    [0, 'rest'],
    [2, 'retrain'],
    [4, 'rest'],
  ]);
});

test('of methods without a validation loss the first seed is retrained', () => {
  expect(changed(stateOf([undefined, 'none', undefined, 'none', undefined, 'none']))).toEqual([
    [1, 'retrain'],
    [3, 'rest'],
    [5, 'rest'],
  ]);
});

test('where a search failed nothing is retrained until it has been tried again', () => {
  const failed = stateOf([0.5, undefined, 'failed', undefined, 0.3]);
  expect(changed(failed)).toEqual([
    [0, 'rest'],
    [2, 'rest'],
    [4, 'rest'],
  ]);
  const rested: Course[] = ['rest', 'wait', 'rest', 'wait', 'rest', 'wait'];
  expect(changed(stateOf([0.5, undefined, undefined, undefined, 0.3], rested))).toEqual([
    [0, 'wait'],
    [2, 'wait'],
    [4, 'wait'],
  ]);
  expect(changed(stateOf([0.5, undefined, 0.2, undefined, 0.3], rested))).toEqual([[2, 'retrain']]);
});

test('a campaign that retrains every seed decides nothing', () => {
  const { retrained, ...every } = campaign;
  expect(firstCourse(every)).toBe('retrain');
  expect(changedCourses(every, membersOf(every), stateOf([0.5]))).toEqual([]);
});
