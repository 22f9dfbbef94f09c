import { CampaignMember, Run, RunState } from '@oneshot/contracts';
import { describe, expect, test } from 'vitest';
import { expectationText } from '../runs/expectation.js';
import { memberError, memberExpectation, memberLine, memberName, memberRow, memberScore } from './member-lines.js';

function run(state: RunState, parts: Partial<Run> = {}): Run {
  return { ...Run.fromPartial({ id: 'r', state }), ...parts };
}

function member(parts: Partial<CampaignMember>): CampaignMember {
  return { ...CampaignMember.fromPartial({ method: 'darts', benchmark: 'toy', seed: 1 }), ...parts };
}

const progress = {
  stage: 'search',
  epoch: 3,
  epochs: 8,
  step: 1,
  steps: 10,
  metrics: { train_loss: 0.5123, validation_accuracy: 0.8123, gradient_norm: 2 },
  etaSeconds: 75,
};

describe('a line of the live view', () => {
  test('tells stage, epoch, loss, accuracy and time left of the run at work', () => {
    const searching = member({ stage: 'search', search: run(RunState.RUN_STATE_RUNNING, { progress }) });
    expect(memberRow(searching, false)).toEqual(['darts seed 1', 'search', '3/8', '0.512', '81.23 %', '1:15']);
  });

  test('tells what the run at work is expected to take', () => {
    const expected = (metrics: Readonly<Record<string, number>>) => {
      const search = run(RunState.RUN_STATE_RUNNING, { progress: { ...progress, metrics } });
      const expectation = memberExpectation(member({ stage: 'search', search }));
      return expectation && expectationText(expectation);
    };
    expect(expected({ expected_peak_bytes: 1.25 * 2 ** 30, expected_epoch_seconds: 75 })).toBe(
      'expected: 1.3 GiB of memory at the peak, 1:15 per epoch',
    );
    expect(expected({ expected_epoch_seconds: 7500, reference_backend: 1 })).toBe(
      'expected: 2:05:00 per epoch, many times slower than the native engine, which does not run here: oneshot doctor says why',
    );
    expect(memberExpectation(member({ stage: 'search', search: run(RunState.RUN_STATE_QUEUED) }))).toBeUndefined();
  });

  test('tells what a member waits for', () => {
    expect(memberLine(member({ stage: 'search' })).stage).toBe('search, waiting');
    const queued = member({ stage: 'train', trainings: [run(RunState.RUN_STATE_QUEUED)] });
    expect(memberLine(queued).stage).toBe('train, waiting');
    const taken = member({ stage: 'train', trainings: [run(RunState.RUN_STATE_RUNNING)] });
    expect(memberLine(taken).stage).toBe('train, starting');
  });

  test('of several retrainings shows the one at work', () => {
    const trainings = [run(RunState.RUN_STATE_QUEUED), run(RunState.RUN_STATE_RUNNING, { progress })];
    expect(memberLine(member({ stage: 'train', trainings })).epoch).toBe(3);
  });

  test('at the end shows the score, the best of several', () => {
    const evaluations = [0.81, 0.84].map((accuracy) => run(RunState.RUN_STATE_SUCCEEDED, { result: { accuracy } }));
    const done = member({ stage: 'done', evaluations });
    expect(memberScore(done)).toBe(0.84);
    expect(memberRow(done, true)).toEqual(['darts toy seed 1', 'done', '', '', '84.00 %', '']);
  });

  test('a failed member tells why', () => {
    const error = { reason: 'DATA_CORRUPT', message: 'the file ends early' };
    const failed = member({ stage: 'failed', search: run(RunState.RUN_STATE_FAILED, { error }) });
    expect(memberError(failed)).toBe('DATA_CORRUPT: the file ends early');
    expect(memberLine(failed).stage).toBe('failed');
  });

  test('names the benchmark only where there are several', () => {
    expect([memberName(member({}), false), memberName(member({}), true)]).toEqual(['darts seed 1', 'darts toy seed 1']);
  });
});
