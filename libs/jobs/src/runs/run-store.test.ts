import type { Database } from '@oneshot/storage';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { RunDatabase, toldEvents } from '../testing/run-database.js';
import type { RunChange, RunProgress } from './run-record.js';
import { createRunStore } from './run-store.js';
import type { RunStore } from './run-store-types.js';
import type { RunTables } from './tables.js';

let place: RunDatabase;
let database: Database<RunTables>;
let runs: RunStore;

beforeEach(async () => {
  place = new RunDatabase();
  database = await place.open();
  runs = createRunStore({ database, kind: 'campaign' });
});
afterEach(async () => {
  await database.close();
  place.remove();
});

const progress = (step: number): RunProgress => ({
  stage: 'search',
  epoch: 0,
  epochs: 1,
  step,
  steps: 1000,
  metrics: { train_loss: 1 / (step + 1) },
  etaSeconds: 0,
});

test('a run belongs to all who asked for it: the last to leave cancels it, a person cancels it for all', async () => {
  await runs.submit('a', {}, true, { requester: 'one' });
  await runs.submit('a', {}, true, { requester: 'two' });
  expect(await runs.cancel('a', 'one')).toMatchObject({ state: 'QUEUED' });
  expect(await runs.cancel('a', 'one')).toMatchObject({ state: 'QUEUED' });
  expect(await runs.cancel('a', 'two')).toMatchObject({ state: 'CANCELLED' });
  await runs.submit('a', {}, true, { requester: 'two' });
  expect(await runs.cancel('a', 'two')).toMatchObject({ state: 'CANCELLED' });
  await runs.submit('a', {}, true, { requester: 'one' });
  await runs.submit('a', {});
  expect(await runs.cancel('a', 'one')).toMatchObject({ state: 'QUEUED' });
  expect(await runs.cancel('a')).toMatchObject({ state: 'CANCELLED' });
});

test('a requester has a name of bounded length, or nothing is stored', async () => {
  const refused = { code: 3, reason: 'INVALID_REQUEST', fields: [{ path: 'requester', found: '257 characters' }] };
  await expect(runs.submit('a', {}, false, { requester: 'x'.repeat(257) })).rejects.toMatchObject(refused);
  expect(await runs.get('a')).toBeUndefined();
  await runs.submit('a', {}, false, { requester: 'x'.repeat(256) });
});

test('what belongs to the queueing of a run is stored with it or not at all', async () => {
  const failing = async () => {
    throw new Error('no');
  };
  await expect(runs.submit('a', {}, false, { onQueued: failing })).rejects.toThrow('no');
  expect(await runs.get('a')).toBeUndefined();
});

test('a run that succeeds in the end keeps no failure', async () => {
  await runs.submit('a', {});
  await runs.change('a', { state: 'FAILED', failure: { reason: 'MEMBERS_FAILED', message: '' } });
  await runs.submit('a', {}, true);
  await runs.change('a', { state: 'RUNNING' });
  expect(await runs.change('a', { state: 'SUCCEEDED', result: {} }, 2)).toMatchObject({ state: 'RUNNING' });
  expect(await runs.change('a', { state: 'SUCCEEDED', result: {} }, 1)).toMatchObject({
    state: 'SUCCEEDED',
    failure: undefined,
  });
});

test('a page of large runs ends before it is too large for a message; some are listed by their ids, without their specs', async () => {
  const text = 'x'.repeat(200_000);
  for (const id of ['a', 'b', 'c', 'd', 'e']) await runs.submit(id, { text });
  const first = await runs.list({ pageSize: 100 });
  expect(first.runs).toHaveLength(2);
  const second = await runs.list({ pageSize: 100, pageToken: first.nextPageToken ?? '' });
  expect(new Set([...first.runs, ...second.runs].map(({ id }) => id)).size).toBe(4);
  const some = await runs.list({ pageSize: 100, ids: ['e', 'unknown', 'b', 'c', 'd'], brief: true });
  expect(some.runs.map(({ id, spec }) => [id, spec]).toSorted()).toEqual(['b', 'c', 'd', 'e'].map((id) => [id, {}]));
});

async function changes(id: string, after = 0, signal = AbortSignal.timeout(10_000)): Promise<RunChange[]> {
  const seen: RunChange[] = [];
  for await (const change of runs.watch(id, after, signal)) seen.push(change);
  return seen;
}

function expectNoGap(seen: readonly RunChange[], after: number): void {
  let next = after + 1;
  for (const change of seen) {
    expect(change.firstSequence).toBe(next);
    expect(change.sequence).toBeGreaterThanOrEqual(change.firstSequence);
    next = change.sequence + 1;
  }
}

test('the same spec is the same run, however often it is submitted, also at once', async () => {
  const outcomes = await Promise.all(Array.from({ length: 5 }, () => runs.submit('a', { seed: 1 })));
  expect(outcomes.filter(({ created }) => created)).toHaveLength(1);
  expect(outcomes.map(({ run }) => run.sequence)).toEqual([1, 1, 1, 1, 1]);
  expect(await toldEvents(database)).toEqual(['oneshot.campaign.submitted']);
});

test('every change of state tells its event in the same transaction', async () => {
  await runs.submit('a', {});
  await runs.change('a', { state: 'RUNNING' });
  await runs.change('a', { progress: progress(1) });
  await runs.change('a', { state: 'SUCCEEDED', result: { ok: true } });
  await runs.change('a', { state: 'FAILED', failure: { reason: 'LATE', message: '' } });
  expect(await runs.get('a')).toMatchObject({ state: 'SUCCEEDED', result: { ok: true }, sequence: 4, attempt: 1 });
  const told = ['submitted', 'started', 'completed'].map((fact) => `oneshot.campaign.${fact}`);
  expect(await toldEvents(database)).toEqual(told);
});

test('a failed run is queued again only when asked for, and keeps its history', async () => {
  await runs.submit('a', {});
  await runs.change('a', { state: 'FAILED', failure: { reason: 'DISK_FULL', message: 'full' } });
  expect((await runs.submit('a', {})).run.state).toBe('FAILED');
  expect((await runs.submit('a', {}, true)).run).toMatchObject({ state: 'QUEUED', sequence: 3 });
  expect((await runs.submit('a', {}, true)).run.sequence).toBe(3);
  await runs.cancel('a');
  expectNoGap(await changes('a'), 0);
});

test('cancelling ends a run at once; one that has ended stays as it is', async () => {
  await runs.submit('a', {});
  expect(await runs.cancel('a')).toMatchObject({ state: 'CANCELLED' });
  expect(await runs.cancel('a')).toMatchObject({ state: 'CANCELLED', sequence: 2 });
  expect(await runs.cancel('unknown')).toBeUndefined();
});

test('a watch sees every change without a gap, from any sequence, and ends with the run', async () => {
  await runs.submit('a', { seed: 1 });
  const watching = changes('a');
  await runs.change('a', { state: 'RUNNING' });
  for (let step = 0; step < 30; step += 1) await runs.change('a', { progress: progress(step) });
  await runs.change('a', { state: 'SUCCEEDED', result: {} });
  const seen = await watching;
  expectNoGap(seen, 0);
  expect(seen.at(-1)?.run).toMatchObject({ state: 'SUCCEEDED', spec: { seed: 1 } });
  const later = await changes('a', 20);
  expectNoGap(later, 20);
  expect(later).toHaveLength(13);
  expect(await changes('a', 33)).toEqual([]);
});

test('history of a long run stays bounded, and still leaves no number out', async () => {
  await runs.submit('a', {});
  await runs.change('a', { state: 'RUNNING' });
  for (let step = 0; step < 700; step += 1) await runs.change('a', { progress: progress(step) });
  await runs.change('a', { state: 'SUCCEEDED', result: {} });
  const rows = await database.queries.selectFrom('run_updates').select('sequence').execute();
  expect(rows.length).toBeLessThan(400);
  const seen = await changes('a');
  expectNoGap(seen, 0);
  expect(seen.map(({ run }) => run.state).filter((state) => state !== 'RUNNING')).toEqual(['QUEUED', 'SUCCEEDED']);
  // Resuming inside what was merged goes on right behind what was seen.
  expectNoGap(await changes('a', 5), 5);
});

test('a watch ends when its signal is aborted', async () => {
  await runs.submit('a', {});
  const stop = new AbortController();
  const watching = changes('a', 0, stop.signal);
  setTimeout(() => stop.abort(), 50);
  expect(await watching).toHaveLength(1);
});

test('lists are paged, newest first, without repetition', async () => {
  for (const id of ['a', 'b', 'c', 'd', 'e']) await runs.submit(id, {});
  await runs.cancel('c');
  const first = await runs.list({ pageSize: 2 });
  const second = await runs.list({ pageSize: 2, pageToken: first.nextPageToken ?? '' });
  const third = await runs.list({ pageSize: 2, pageToken: second.nextPageToken ?? '' });
  expect(third.nextPageToken).toBeUndefined();
  const ids = [first, second, third].flatMap((page) => page.runs.map(({ id }) => id));
  expect([...ids].sort()).toEqual(['a', 'b', 'c', 'd', 'e']);
  const cancelled = await runs.list({ pageSize: 10, states: ['CANCELLED'] });
  expect(cancelled.runs.map(({ id }) => id)).toEqual(['c']);
  await expect(runs.list({ pageSize: 2, pageToken: 'nonsense' })).rejects.toMatchObject({
    reason: 'INVALID_PAGE_TOKEN',
  });
});
