import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { EvaluatorServiceClient, TableRole, type TableTaskRequest } from '@oneshot/contracts';
import { startEvaluator } from '@oneshot/evaluator';
import { createInProcessBus } from '@oneshot/events';
import { startRegistry } from '@oneshot/registry';
import { Code, connect, createLogger, type RunningServer } from '@oneshot/service-kit';
import { afterAll, beforeAll, expect, test } from 'vitest';

const directory = mkdtempSync(join(tmpdir(), 'oneshot-tables-'));
const logger = createLogger({ name: 'test', level: 'silent' });
const bus = createInProcessBus();
let registry: RunningServer;
let evaluator: RunningServer;

beforeAll(async () => {
  registry = await startRegistry({
    database: { driver: 'sqlite', path: join(directory, 'registry.sqlite') },
    artifacts: { driver: 'files', directory: join(directory, 'artifacts') },
    bus,
    port: 0,
    logger,
  });
  evaluator = await startEvaluator({
    database: { driver: 'sqlite', path: join(directory, 'evaluator.sqlite') },
    registry: registry.address,
    bus,
    port: 0,
    logger,
    tableWork: { threads: 1, waiting: 1, seconds: 15 },
  });
}, 60_000);
afterAll(async () => {
  await evaluator.shutdown();
  await registry.shutdown();
  await bus.close();
  rmSync(directory, { recursive: true, force: true });
});

const client = (deadlineMs = 60_000) => connect(EvaluatorServiceClient, evaluator.address, { deadlineMs });

/** A request for the comparison of so many methods on so many benchmarks. */
function comparison(methods: number, seed: number, benchmarks = 2): TableTaskRequest[] {
  const names = Array.from({ length: methods }, (_, index) => `m${index}`);
  const row = (benchmark: number) =>
    [`b${benchmark}`, ...names.map((_, index) => ((index * 7919 + seed + benchmark * 31) % 1009) / 1009)].join(',');
  const rows = Array.from({ length: benchmarks }, (_, benchmark) => row(benchmark));
  const text = [['benchmark', ...names].join(','), ...rows, ''].join('\n');
  return [
    { part: { $case: 'task', value: { files: 'all' } } },
    { part: { $case: 'table', value: { name: 'scores', role: TableRole.TABLE_ROLE_SCORES } } },
    { part: { $case: 'chunk', value: Buffer.from(text) } },
  ];
}

test('a small request that asks for much work holds up no other call, and ends at its bound with a clear answer', async () => {
  const calls = client();
  const heavy = calls.compareTables(comparison(1000, 1, 60)).catch((error: unknown) => error);
  let over = false;
  void heavy.then(() => {
    over = true;
  });
  let answered = 0;
  while (!over) {
    await calls.listEvaluations({ pageSize: 1, pageToken: '', states: [] });
    answered += 1;
    await pause(100);
  }
  expect(await heavy).toMatchObject({
    code: Code.RESOURCE_EXHAUSTED,
    reason: 'TOO_MUCH_WORK',
    message: 'The request needs more than the 15 s of computing one may take.',
  });
  expect(answered).toBeGreaterThan(10);
  calls.close();
});

test('requests beyond those that may wait are refused, and one whose client has left is done no more', async () => {
  const calls = client();
  const leaving = new AbortController();
  const ends = [2, 3, 4, 5].map((seed) =>
    calls.compareTables(comparison(3000, seed), { signal: leaving.signal }).catch((error: unknown) => error),
  );
  const refused: unknown[] = [];
  await new Promise<void>((resolve) => {
    for (const end of ends) {
      void end.then((error) => {
        refused.push(error);
        if (refused.length === 2) resolve();
      });
    }
  });
  const tooMany = { code: Code.RESOURCE_EXHAUSTED, reason: 'TOO_MANY_REQUESTS' };
  expect(refused).toMatchObject([tooMany, tooMany]);
  leaving.abort();
  const left = (await Promise.all(ends)).filter((error) => !refused.slice(0, 2).includes(error));
  expect(left).toMatchObject([{ code: Code.CANCELLED }, { code: Code.CANCELLED }]);
  const { files } = await calls.rankTable(comparison(10, 4));
  expect(files.length).toBeGreaterThan(0);
  calls.close();
});

test('a file of a table that was damaged since, or deleted, is made again when it is asked for', async () => {
  const calls = client();
  const [first, again] = [await calls.compareTables(comparison(3, 5)), await calls.compareTables(comparison(3, 5))];
  expect([first.cached, again.cached]).toEqual([false, true]);
  const pathOf = (digest = '') =>
    join(directory, 'artifacts', 'sha256', digest.slice(0, 2), digest.slice(2, 4), digest);
  writeFileSync(pathOf(first.files[0]?.artifact), 'damaged');
  rmSync(pathOf(first.files[1]?.artifact));
  const healed = await calls.compareTables(comparison(3, 5));
  expect(healed).toEqual(first);
  expect((await calls.compareTables(comparison(3, 5))).cached).toBe(true);
  calls.close();
}, 60_000);
