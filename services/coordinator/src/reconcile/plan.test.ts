import { Run, RunState } from '@oneshot/contracts';
import { describe, expect, test } from 'vitest';
import { type MemberState, stageOf } from './member-state.js';
import { endOf, type StageCounts, stepsOf } from './plan.js';

function run(id: string, state: RunState, result?: Record<string, unknown>): Run {
  return { ...Run.fromPartial({ id, state }), result };
}
const queued = (id: string) => run(id, RunState.RUN_STATE_QUEUED);
const failed = (id: string) => run(id, RunState.RUN_STATE_FAILED);
const cancelled = (id: string) => run(id, RunState.RUN_STATE_CANCELLED);
const found = (id: string, result: Record<string, unknown>) => run(id, RunState.RUN_STATE_SUCCEEDED, result);

function member(parts: Partial<MemberState> = {}): MemberState {
  return { index: 0, course: 'retrain', search: undefined, trainings: [undefined], evaluations: [undefined], ...parts };
}
const searched = found('s', { genotype: { normal: [] } });
const trained = found('t', { modelId: 'm' });
const done = member({ search: searched, trainings: [trained], evaluations: [found('e', { accuracy: 0.9 })] });

function endWith(...members: readonly MemberState[]): ReturnType<typeof endOf> {
  const stages: Record<string, number> = {};
  for (const stage of members.map(stageOf)) stages[stage] = (stages[stage] ?? 0) + 1;
  return endOf(stages satisfies StageCounts);
}

describe('a campaign is driven from the state found alone', () => {
  test('a new member submits its search', () => {
    expect(stepsOf(member())).toEqual([{ kind: 'search' }]);
    expect(endWith(member())).toBeUndefined();
  });

  test('a search that is waiting or running needs nothing', () => {
    expect(stepsOf(member({ search: queued('s') }))).toEqual([]);
  });

  test('a genotype found is retrained once per hyperparameter set that has no run yet', () => {
    const state = member({
      search: searched,
      trainings: [queued('t'), undefined],
      evaluations: [undefined, undefined],
    });
    expect(stepsOf(state)).toEqual([{ kind: 'training', set: 1 }]);
  });

  test('a genotype whose accuracy a table knows is asked for, once, and not retrained', () => {
    const state = member({ course: 'table', search: searched });
    expect(stepsOf(state)).toEqual([{ kind: 'lookup' }]);
    expect(stepsOf({ ...state, evaluations: [queued('e')] })).toEqual([]);
    expect(endWith({ ...state, evaluations: [found('e', { accuracy: 0.9 })] })).toBe('success');
  });

  test('a member that waits for other seeds or rests submits nothing; one at rest is done', () => {
    const waiting = member({ course: 'wait', search: searched });
    expect(stepsOf(waiting)).toEqual([]);
    expect(stageOf(waiting)).toBe('select');
    expect(endWith(waiting, done)).toBeUndefined();
    expect(endWith({ ...waiting, course: 'rest' }, done)).toBe('success');
  });

  test('a model is evaluated', () => {
    const state = member({ search: searched, trainings: [trained] });
    expect(stepsOf(state)).toEqual([{ kind: 'evaluation', set: 0, training: trained }]);
  });

  test('the campaign succeeds when every member is done', () => {
    expect(endWith(done, done)).toBe('success');
  });

  test('a failed member does not stop the others, and fails the campaign when they have ended', () => {
    const bad = member({ search: failed('s1') });
    expect(endWith(member({ search: queued('s0') }), bad)).toBeUndefined();
    expect(endWith(done, bad)).toBe('failure');
  });

  test('a member run cancelled by hand fails the campaign as well', () => {
    expect(endWith(done, member({ search: cancelled('s1') }))).toBe('failure');
  });

  test('one of two retrainings failed: the other is still finished', () => {
    const half = member({
      search: searched,
      trainings: [failed('t0'), trained],
      evaluations: [undefined, undefined],
    });
    expect(stepsOf(half)).toEqual([{ kind: 'evaluation', set: 1, training: trained }]);
    expect(stageOf(half)).toBe('evaluate');
  });
});

test('steps taken again and again from any state end, and none is taken twice', () => {
  let state = member({ trainings: [undefined, undefined], evaluations: [undefined, undefined] });
  const taken = new Set<string>();
  for (let round = 0; round < 10; round++) {
    for (const step of stepsOf(state)) {
      expect(taken).not.toContain(JSON.stringify(step));
      taken.add(JSON.stringify(step));
      if (step.kind === 'search') state = { ...state, search: searched };
      else if (step.kind === 'training') state = { ...state, trainings: state.trainings.with(step.set, trained) };
      else if (step.kind === 'evaluation')
        state = { ...state, evaluations: state.evaluations.with(step.set, found('e', {})) };
    }
  }
  expect(taken.size).toBe(1 + 2 + 2);
  expect(endWith(state)).toBe('success');
});
