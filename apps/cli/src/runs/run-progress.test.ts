import { type Progress, type Run, RunState } from '@oneshot/contracts';
import { expect, test } from 'vitest';
import { progressBar } from '../output/progress-bar.js';
import { runLine } from './run-line.js';
import { doneFraction, RunRate, rateText } from './run-progress.js';

const start = Date.parse('2026-01-01T00:00:00Z');

function run(state: RunState, progress: Partial<Progress> = {}, seconds = 0): Run {
  const given = { stage: 'search', epoch: 1, epochs: 20, step: 0, steps: 10, metrics: {}, etaSeconds: 0, ...progress };
  const updatedAt = new Date(start + 1000 * seconds).toISOString();
  const rest = { id: '', spec: {}, result: undefined, error: undefined, attempt: 1, createdAt: updatedAt, sequence: 1 };
  return { ...rest, state, progress: given, updatedAt };
}
const running = (progress: Partial<Progress>, seconds = 0) => run(RunState.RUN_STATE_RUNNING, progress, seconds);

test('the steps of the epoch that is being worked on count, and a run that succeeded has done all its epochs', () => {
  expect(doneFraction(running({ epoch: 11, step: 5 }))).toBe(0.525);
  expect(doneFraction(running({ epoch: 0, steps: 0 }))).toBe(0);
  expect(doneFraction(running({ stage: 'evaluate', epochs: 0 }))).toBeUndefined();
  const ended = run(RunState.RUN_STATE_SUCCEEDED, { epoch: 19, step: 7 });
  expect(doneFraction(ended)).toBe(1);
  expect(runLine(ended)).toMatchObject({ epoch: 20, epochs: 20 });
});

test('the rate is that of the last ten seconds, and counts anew with another stage', () => {
  const rate = new RunRate();
  rate.observe(running({ epoch: 1, step: 1 }, 0));
  expect(rate.stepsPerSecond).toBeUndefined();
  rate.observe(running({ epoch: 1, step: 9 }, 2));
  expect(rate.stepsPerSecond).toBe(4);
  rate.observe(running({ epoch: 3, step: 9 }, 12));
  expect(rate.stepsPerSecond).toBe(2);
  rate.observe(running({ stage: 'retrain', epoch: 1, step: 1 }, 13));
  expect(rate.stepsPerSecond).toBeUndefined();
});

test('a bar is as long as what stands beside it lets it, and full only when all is done', () => {
  const notes = [rateText(31.44), '0:12 left'];
  expect(progressBar(0.5, notes, 200)).toBe(`${'█'.repeat(20)}${'░'.repeat(20)}   50 %  31.4 steps/s  0:12 left`);
  expect(progressBar(0.5, notes, 51)).toHaveLength(50);
  expect(progressBar(0.9999, [], 80)).toMatch(/█{39}░ {3}99 %/);
  expect(progressBar(1, [], 80)).toMatch(/█{40} {2}100 %/);
});
