import { Run, RunState } from '@oneshot/contracts';
import { describe, expect, test } from 'vitest';
import type { MemberState } from './member-state.js';
import { stageOf } from './member-state.js';
import { plan } from './plan.js';

function run(id: string, state: RunState, result?: Record<string, unknown>): Run {
  return { ...Run.fromPartial({ id, state }), result };
}
const queued = (id: string) => run(id, RunState.RUN_STATE_QUEUED);
const failed = (id: string) => run(id, RunState.RUN_STATE_FAILED);
const cancelled = (id: string) => run(id, RunState.RUN_STATE_CANCELLED);
const found = (id: string, result: Record<string, unknown>) => run(id, RunState.RUN_STATE_SUCCEEDED, result);

function member(index: number, parts: Partial<MemberState> = {}): MemberState {
  return { index, course: 'retrain', search: undefined, trainings: [undefined], evaluations: [undefined], ...parts };
}
const searched = found('s', { genotype: { normal: [] } });
const trained = found('t', { modelId: 'm' });
const done = (index: number) =>
  member(index, { search: searched, trainings: [trained], evaluations: [found('e', { accuracy: 0.9 })] });

describe('a campaign is driven from the state found alone', () => {
  test('a new campaign submits every search', () => {
    expect(plan([member(0), member(1)], false)).toEqual([
      { kind: 'submit-search', member: 0 },
      { kind: 'submit-search', member: 1 },
    ]);
  });

  test('a search that is waiting or running needs nothing', () => {
    expect(plan([member(0, { search: queued('s') })], false)).toEqual([]);
  });

  test('a genotype found is retrained once per hyperparameter set that has no run yet', () => {
    const state = member(0, {
      search: searched,
      trainings: [queued('t'), undefined],
      evaluations: [undefined, undefined],
    });
    expect(plan([state], false)).toEqual([{ kind: 'submit-training', member: 0, set: 1 }]);
  });

  test('a genotype whose accuracy a table knows is asked for, once, and not retrained', () => {
    const state = member(0, { course: 'table', search: searched });
    expect(plan([state], false)).toEqual([{ kind: 'submit-lookup', member: 0 }]);
    expect(plan([{ ...state, evaluations: [queued('e')] }], false)).toEqual([]);
    expect(plan([{ ...state, evaluations: [found('e', { accuracy: 0.9 })] }], false)).toEqual([{ kind: 'succeed' }]);
  });

  test('a member that waits for other seeds or rests submits nothing; one at rest is done', () => {
    const waiting = member(0, { course: 'wait', search: searched });
    expect(plan([waiting], false)).toEqual([]);
    expect(stageOf(waiting)).toBe('select');
    expect(plan([{ ...waiting, course: 'rest' }, done(1)], false)).toEqual([{ kind: 'succeed' }]);
  });

  test('a model is evaluated', () => {
    const state = member(0, { search: searched, trainings: [trained] });
    expect(plan([state], false)).toEqual([{ kind: 'submit-evaluation', member: 0, set: 0, modelId: 'm' }]);
  });

  test('the campaign succeeds when every member is done', () => {
    expect(plan([done(0), done(1)], false)).toEqual([{ kind: 'succeed' }]);
  });

  test('a failed member does not stop the others, and fails the campaign when they have ended', () => {
    const bad = member(1, { search: failed('s1') });
    expect(plan([member(0, { search: queued('s0') }), bad], false)).toEqual([]);
    expect(plan([done(0), bad], false)).toEqual([{ kind: 'fail', members: [1] }]);
  });

  test('a member run cancelled by hand fails the campaign as well', () => {
    expect(plan([done(0), member(1, { search: cancelled('s1') })], false)).toEqual([{ kind: 'fail', members: [1] }]);
  });

  test('one of two retrainings failed: the other is still finished', () => {
    const half = member(0, {
      search: searched,
      trainings: [failed('t0'), trained],
      evaluations: [undefined, undefined],
    });
    expect(plan([half], false)).toEqual([{ kind: 'submit-evaluation', member: 0, set: 1, modelId: 'm' }]);
    expect(stageOf(half)).toBe('evaluate');
  });

  test('cancelling stops what is at work, submits nothing, and closes when all has ended', () => {
    expect(plan([member(0, { search: queued('s') }), member(1)], true)).toEqual([
      { kind: 'cancel', run: 'search', id: 's' },
    ]);
    expect(plan([member(0, { search: cancelled('s') }), member(1)], true)).toEqual([{ kind: 'close-cancelled' }]);
  });
});

test('a plan carried out again and again from any state ends, and never submits the same step twice', () => {
  let members: MemberState[] = [0, 1, 2].map((index) =>
    member(index, { trainings: [undefined, undefined], evaluations: [undefined, undefined] }),
  );
  const submitted = new Set<string>();
  for (let round = 0; round < 50; round++) {
    const actions = plan(members, false);
    if (actions[0]?.kind === 'succeed') {
      expect(submitted.size).toBe(3 + 6 + 6);
      return;
    }
    for (const action of actions) {
      expect(submitted).not.toContain(JSON.stringify(action));
      submitted.add(JSON.stringify(action));
      members = members.map((state) => {
        if (!('member' in action) || action.member !== state.index) return state;
        if (action.kind === 'submit-search') return { ...state, search: searched };
        if (action.kind === 'submit-training')
          return { ...state, trainings: state.trainings.map((old, set) => (set === action.set ? trained : old)) };
        const set = action.kind === 'submit-evaluation' ? action.set : 0;
        return { ...state, evaluations: state.evaluations.with(set, found('e', {})) };
      });
    }
  }
  throw new Error('the campaign did not end');
});
