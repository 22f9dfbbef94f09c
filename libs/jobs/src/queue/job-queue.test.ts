import { setTimeout as pause } from 'node:timers/promises';
import type { Database } from '@oneshot/storage';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createRunStore } from '../runs/run-store.js';
import type { RunStore } from '../runs/run-store-types.js';
import type { RunTables } from '../runs/tables.js';
import { RunDatabase, toldEvents } from '../testing/run-database.js';
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

test('a retry goes on from the checkpoint, unless the checkpoint was what the run failed with', async () => {
  await runs.submit('a', {});
  const first = await take();
  await queue.recordCheckpoint(first, 'c'.repeat(64));
  await queue.fail(first, { reason: 'DATA_MISSING', message: '' }, false);
  await runs.submit('a', {}, true);
  const second = await take();
  expect(second.checkpoint).toBe('c'.repeat(64));
  await queue.fail(second, { reason: 'CHECKPOINT_CORRUPT', message: '' }, false);
  await runs.submit('a', {}, true);
  expect((await take()).checkpoint).toBeUndefined();
});

test('a checkpoint names the one it takes the place of, but never itself', async () => {
  await runs.submit('a', {});
  const lease = await take();
  const record = async (digit: string) => (await queue.recordCheckpoint(lease, digit.repeat(64))).superseded;
  expect(await record('a')).toBeUndefined();
  expect(await record('b')).toBe('a'.repeat(64));
  expect(await record('b')).toBeUndefined();
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
