import { setTimeout as pause } from 'node:timers/promises';
import type { Database } from '@oneshot/storage';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createRunStore } from '../runs/run-store.js';
import type { RunStore } from '../runs/run-store-types.js';
import type { RunTables } from '../runs/tables.js';
import { RunDatabase, toldEvents } from '../testing/run-database.js';
import { afterFailure } from './after-failure.js';
import { createJobQueue } from './job-queue.js';
import type { JobLease, JobQueue, JobQueueOptions } from './job-queue-types.js';

let place: RunDatabase;
let database: Database<RunTables>;
let runs: RunStore;
let queue: JobQueue;

beforeEach(async () => {
  place = new RunDatabase();
  database = await place.open();
  runs = createRunStore({ database, kind: 'search' });
  queue = await opened();
});
afterEach(async () => {
  await queue.close();
  await database.close();
  place.remove();
});

const opened = (options: Partial<JobQueueOptions> = {}) =>
  createJobQueue({ runs, database, leaseMs: 60_000, backoffMs: 10, ...options });

const never = new AbortController().signal;

async function take(worker = 'w', waitMs = 2000): Promise<JobLease> {
  const lease = await queue.lease(worker, waitMs, never);
  if (!lease) throw new Error('no job');
  return lease;
}

async function reopened(options: Partial<JobQueueOptions>): Promise<void> {
  await queue.close();
  queue = await opened(options);
}

const lost = { code: 10, reason: 'LEASE_LOST' };

test('a job goes to one worker, however many ask at once', async () => {
  await runs.submit('a', { seed: 1 });
  const leases = await Promise.all(Array.from({ length: 8 }, (_, index) => queue.lease(`w${index}`, 0, never)));
  expect(leases.filter((lease) => lease !== undefined)).toHaveLength(1);
  expect(await runs.get('a')).toMatchObject({ state: 'RUNNING', attempt: 1 });
});

test('a worker that waits gets a job the moment it is submitted', async () => {
  const waiting = take('w', 10_000);
  await pause(50);
  const begun = Date.now();
  await runs.submit('a', { seed: 1 });
  expect((await waiting).spec).toEqual({ seed: 1 });
  expect(Date.now() - begun).toBeLessThan(1000);
});

test('without a job the answer comes when the wait is over', async () => {
  expect(await queue.lease('w', 30, never)).toBeUndefined();
});

test('result, state and event appear together, and completing twice does it once', async () => {
  await runs.submit('a', {});
  const lease = await take();
  await queue.complete(lease, { accuracy: 0.9 });
  await queue.complete(lease, { accuracy: 0.1 });
  expect(await runs.get('a')).toMatchObject({ state: 'SUCCEEDED', result: { accuracy: 0.9 } });
  const told = ['submitted', 'started', 'completed'].map((fact) => `oneshot.search.${fact}`);
  expect(await toldEvents(database)).toEqual(told);
});

test('a worker that fell silent loses its job; the next one starts from the last checkpoint', async () => {
  await reopened({ leaseMs: 150 });
  await runs.submit('a', {});
  const first = await take('first');
  await queue.recordCheckpoint(first, 'c'.repeat(64));
  const second = await take('second', 5000);
  expect(second).toMatchObject({ checkpoint: 'c'.repeat(64), attempt: 2 });
  expect(second.fence).toBeGreaterThan(first.fence);
  await expect(queue.heartbeat(first)).rejects.toMatchObject(lost);
  await expect(queue.recordCheckpoint(first, 'd'.repeat(64))).rejects.toMatchObject(lost);
  await expect(queue.complete(first, {})).rejects.toMatchObject(lost);
  await expect(queue.fail(first, { reason: 'X', message: '' }, true)).rejects.toMatchObject(lost);
  await queue.complete(second, { by: 'second' });
  expect(await runs.get('a')).toMatchObject({ state: 'SUCCEEDED', result: { by: 'second' } });
});

test('heartbeats keep a lease, and tell progress', async () => {
  await reopened({ leaseMs: 300 });
  await runs.submit('a', {});
  const lease = await take();
  for (let step = 1; step <= 6; step += 1) {
    await pause(100);
    const metrics = { train_loss: step };
    await queue.heartbeat(lease, { stage: 's', epoch: 0, epochs: 1, step, steps: 6, metrics, etaSeconds: 0 });
  }
  await queue.complete(lease, {});
  expect(await runs.get('a')).toMatchObject({ attempt: 1, progress: { step: 6, metrics: { train_loss: 6 } } });
});

test('a run whose work fails is tried five times, with growing pauses, and keeps the last error', async () => {
  await runs.submit('a', {});
  for (let attempt = 1; attempt <= 5; attempt += 1) {
    const lease = await take('w', 5000);
    expect(lease.attempt).toBe(attempt);
    await queue.fail(lease, { reason: 'OUT_OF_MEMORY', message: `try ${attempt}` }, true);
  }
  expect(await runs.get('a')).toMatchObject({
    state: 'FAILED',
    failure: { reason: 'OUT_OF_MEMORY', message: 'try 5' },
  });
  expect(await queue.lease('w', 50, never)).toBeUndefined();
});

test('a failure that no attempt can mend ends the run at once', async () => {
  await runs.submit('a', {});
  await queue.fail(await take(), { reason: 'DATA_CORRUPT', message: 'no' }, false);
  expect(await runs.get('a')).toMatchObject({ state: 'FAILED', failure: { reason: 'DATA_CORRUPT' } });
});

test('a retry goes on from the checkpoint', async () => {
  await runs.submit('a', {});
  const first = await take();
  await queue.recordCheckpoint(first, 'c'.repeat(64));
  await queue.fail(first, { reason: 'DATA_MISSING', message: '' }, false);
  await runs.submit('a', {}, true);
  expect((await take()).checkpoint).toBe('c'.repeat(64));
});

test('a run whose checkpoint is damaged goes on from the one before, then anew, says so, and loses no attempt', async () => {
  await runs.submit('a', {});
  const first = await take();
  await queue.recordCheckpoint(first, 'c'.repeat(64));
  await queue.recordCheckpoint(first, 'd'.repeat(64));
  await queue.fail(first, { reason: 'CHECKPOINT_CORRUPT', message: 'It ends early.' }, false);
  expect(await runs.get('a')).toMatchObject({
    state: 'QUEUED',
    failure: { message: 'It ends early. The run goes on from the checkpoint before it.' },
  });
  const second = await take();
  expect(second.checkpoint).toBe('c'.repeat(64));
  await queue.fail(second, { reason: 'CHECKPOINT_MISSING', message: 'It is gone.' }, true);
  expect(await runs.get('a')).toMatchObject({ failure: { message: 'It is gone. The run starts anew.' } });
  const third = await take();
  expect(third.checkpoint).toBeUndefined();
  await queue.complete(third, {});
  expect(await runs.get('a')).toMatchObject({ state: 'SUCCEEDED', failure: undefined });
});

test('checkpoints that are damaged over and over end the run in the end', async () => {
  await runs.submit('a', {});
  for (let round = 0; (await runs.get('a'))?.state !== 'FAILED'; round += 1) {
    expect(round).toBeLessThan(10);
    const lease = await take();
    await queue.recordCheckpoint(lease, String(round).repeat(64));
    await queue.fail(lease, { reason: 'CHECKPOINT_CORRUPT', message: '' }, false);
  }
  expect(await runs.get('a')).toMatchObject({ failure: { reason: 'CHECKPOINT_CORRUPT' } });
});

test('a run keeps its last two checkpoints, and names the one it no longer needs', async () => {
  await runs.submit('a', {});
  const lease = await take();
  const record = async (digit: string) => (await queue.recordCheckpoint(lease, digit.repeat(64))).superseded;
  expect(await record('a')).toBeUndefined();
  expect(await record('b')).toBeUndefined();
  expect(await record('c')).toBe('a'.repeat(64));
  expect(await record('c')).toBeUndefined();
  expect(await record('b')).toBeUndefined();
  expect(await queue.complete(lease, {})).toEqual({ superseded: 'c'.repeat(64) });
});

test('failures count since the last checkpoint only: a run that gets on is not given up', async () => {
  await runs.submit('a', {});
  for (let round = 0; round < 8; round += 1) {
    const lease = await take('w', 5000);
    await queue.recordCheckpoint(lease, String(round).repeat(64));
    await queue.fail(lease, { reason: 'OUT_OF_MEMORY', message: '' }, true);
  }
  expect(await runs.get('a')).toMatchObject({ state: 'QUEUED' });
  const again = { reason: 'OUT_OF_MEMORY', message: '' };
  for (let round = 0; round < 4; round += 1) await queue.fail(await take('w', 5000), again, true);
  expect(await runs.get('a')).toMatchObject({ state: 'FAILED' });
});

test('the pauses after failures grow to more than a minute in all', async () => {
  const row = { failures: 0, fallbacks: 0, checkpoint: null, checkpoint_before: null };
  const policy = { maxFailures: 5, backoffMs: 1000 };
  const failure = { reason: 'X', message: '' };
  const pauses = [0, 1, 2, 3].map((failures) => {
    const after = afterFailure({ ...row, failures }, failure, true, policy);
    return after.ends ? undefined : after.pauseMs;
  });
  expect(pauses).toEqual([1000, 4000, 16_000, 60_000]);
});

test('a full disk or a service that is out is waited for, however often it is met', async () => {
  await reopened({ backoffMs: 1 });
  await runs.submit('a', {});
  for (let round = 0; round < 12; round += 1) {
    const reason = round % 2 === 0 ? 'DISK_FULL' : 'UNAVAILABLE';
    await queue.fail(await take('w', 5000), { reason, message: 'out' }, true);
  }
  expect(await runs.get('a')).toMatchObject({ state: 'QUEUED', failure: { message: 'out' } });
});

test('a lease cannot be guessed: its numbers alone end nothing', async () => {
  await runs.submit('a', {});
  const lease = await take();
  for (const token of ['', '0', lease.token.replace(/./, (digit) => (digit === '0' ? '1' : '0'))]) {
    const guess = { jobId: 'a', fence: lease.fence, token };
    await expect(queue.heartbeat(guess)).rejects.toMatchObject(lost);
    await expect(queue.recordCheckpoint(guess, 'c'.repeat(64))).rejects.toMatchObject(lost);
    await expect(queue.complete(guess, { accuracy: 1 })).rejects.toMatchObject(lost);
    await expect(queue.fail(guess, { reason: 'X', message: '' }, false)).rejects.toMatchObject(lost);
  }
  await queue.complete(lease, { accuracy: 0.5 });
  expect(await runs.get('a')).toMatchObject({ state: 'SUCCEEDED', result: { accuracy: 0.5 } });
});

test('a clock that is set, forward or back, changes neither the order of jobs nor leases nor pauses', async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  try {
    const begun = Date.now();
    await reopened({ leaseMs: 400 });
    vi.setSystemTime(begun + 7_200_000);
    await runs.submit('ahead', {});
    vi.setSystemTime(begun);
    await runs.submit('later', {});
    expect(await queue.waiting()).toBe(2);
    const first = await take();
    expect(first.jobId).toBe('ahead');
    const second = await take();
    expect(second.jobId).toBe('later');
    vi.setSystemTime(begun + 3_600_000);
    await pause(150);
    await queue.heartbeat(first);
    await queue.complete(second, {});
    vi.setSystemTime(begun - 3_600_000);
    // The lease that nobody keeps runs out all the same.
    expect(await take('w', 3000)).toMatchObject({ jobId: 'ahead', attempt: 2 });
  } finally {
    vi.useRealTimers();
  }
});

test('a service that was held up gives heartbeats the time to be read before it takes jobs back', async () => {
  await reopened({ leaseMs: 300 });
  await runs.submit('a', {});
  const lease = await take();
  // As a process that was stopped: no timer, no message, until all come at once.
  const end = performance.now() + 1000;
  while (performance.now() < end);
  await pause(60);
  await queue.heartbeat(lease);
  expect(await runs.get('a')).toMatchObject({ state: 'RUNNING', attempt: 1 });
});

test('a job given back by a stopping worker counts as no failure', async () => {
  await runs.submit('a', {});
  for (let round = 0; round < 10; round += 1) {
    await queue.fail(await take(), { reason: 'WORKER_STOPPED', message: '' }, true);
  }
  expect(await runs.get('a')).toMatchObject({ state: 'QUEUED', failure: undefined });
});

test('workers that die over and over end the run too; a checkpoint starts the count anew', async () => {
  await reopened({ leaseMs: 250, maxLosses: 3 });
  await runs.submit('a', {});
  await take();
  await take();
  const third = await take();
  await queue.recordCheckpoint(third, 'c'.repeat(64));
  await take();
  await take();
  await expect.poll(async () => (await runs.get('a'))?.state, { timeout: 5000 }).toBe('FAILED');
  expect(await runs.get('a')).toMatchObject({ failure: { reason: 'WORKER_LOST' }, attempt: 5 });
});

test('a cancelled run tells its worker, and refuses its result', async () => {
  await runs.submit('a', {});
  const lease = await take();
  await runs.cancel('a');
  expect(await queue.heartbeat(lease)).toMatchObject({ cancelled: true });
  await expect(queue.complete(lease, {})).rejects.toMatchObject(lost);
  await queue.fail(lease, { reason: 'CANCELLED', message: '' }, false);
  expect(await runs.get('a')).toMatchObject({ state: 'CANCELLED', result: undefined });
});

test('a restart of the service gives held leases their time again', async () => {
  await reopened({ leaseMs: 200 });
  await runs.submit('a', {});
  const lease = await take();
  await queue.close();
  await pause(400);
  queue = await opened({ leaseMs: 1000 });
  await queue.heartbeat(lease);
  await queue.complete(lease, {});
  expect(await runs.get('a')).toMatchObject({ state: 'SUCCEEDED', attempt: 1 });
});

test('waiting counts what a worker could take now', async () => {
  await runs.submit('a', {});
  await runs.submit('b', {});
  expect(await queue.waiting()).toBe(2);
  await take();
  expect(await queue.waiting()).toBe(1);
});

test('a result that is not what its run promises is refused with every fault, and the job is still held', async () => {
  const numbers = ['accuracy', 'loss'];
  const resultFaults: JobQueueOptions['resultFaults'] = (result) =>
    numbers
      .filter((path) => typeof result[path] !== 'number')
      .map((path) => ({ path, found: '', allowed: 'a number', message: 'found nothing; allowed: a number' }));
  await reopened({ resultFaults });
  await runs.submit('a', { seed: 1 });
  const lease = await take();
  const refused = { code: 3, reason: 'RESULT_INVALID', fields: [{ path: 'accuracy' }, { path: 'loss' }] };
  await expect(queue.complete(lease, { accuracy: 'high' })).rejects.toMatchObject(refused);
  expect(await runs.get('a')).toMatchObject({ state: 'RUNNING', result: undefined });
  const large = { accuracy: 0.5, loss: 1, more: 'x'.repeat(1024 * 1024) };
  await expect(queue.complete(lease, large)).rejects.toMatchObject({ ...refused, fields: [{ path: 'result' }] });
  await queue.complete(lease, { accuracy: 0.5, loss: 1 });
  expect(await runs.get('a')).toMatchObject({ state: 'SUCCEEDED', result: { accuracy: 0.5, loss: 1 } });
});
