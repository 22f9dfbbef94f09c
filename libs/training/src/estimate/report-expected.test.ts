import { type BackendName, selectBackend } from '@oneshot/engine';
import { expect, test } from 'vitest';
import type { Progress } from '../loop/progress.js';
import { reportExpected } from './report-expected.js';

async function expectedOn(backend: BackendName): Promise<readonly Progress[]> {
  await selectBackend({ backend, threads: 1 });
  const told: Progress[] = [];
  const estimate = { peakBytes: null, stepsPerEpoch: 10, secondsPerEpoch: 2 };
  const report = reportExpected(estimate, 3, (progress) => told.push(progress));
  report({ stage: 'search', epoch: 0, epochs: 3, step: 1, steps: 10, metrics: { train_loss: 1 }, etaSeconds: 4 });
  return told;
}

test('a run tells first what it is expected to take, and goes on telling it', async () => {
  const [first, next] = await expectedOn('reference');
  expect(first).toMatchObject({ stage: 'estimate', metrics: { expected_epoch_seconds: 2 }, etaSeconds: 6 });
  expect(next).toMatchObject({ stage: 'search', metrics: { expected_epoch_seconds: 2, train_loss: 1 } });
});

test('a run tells that the slow backend computes it', async () => {
  expect((await expectedOn('reference'))[0]?.metrics).toHaveProperty('reference_backend', 1);
});
