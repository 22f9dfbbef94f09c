import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { oneshot, type Program } from './harness/processes.js';
import { jsonLines } from './harness/reference.js';
import { tinyDataset, writeTinyDataset } from './harness/tiny-dataset.js';

const directory = mkdtempSync(join(tmpdir(), 'oneshot-resume-'));

beforeAll(() => writeTinyDataset(directory));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

/**
 * A search by the command, with everything in one process: of twelve epochs, so that it is still at
 * work when it has been interrupted three times.
 */
function search(state: string, threads: number): Program {
  const options = { '--state': state, '--data-dir': directory, '--threads': String(threads), '--workers': '1' };
  const spec = {
    '--space': '{"name":"toy_cell","channels":8}',
    '--data': tinyDataset,
    '--epochs': '12',
    '--batch': '8',
  };
  const args = ['search', '--no-train', '--json', ...Object.entries({ ...options, ...spec }).flat()];
  return oneshot(args, { ONESHOT_LOG_LEVEL: 'debug' });
}

/** A run as `--json` prints it. */
interface Run {
  readonly id: string;
  readonly attempt: number;
  readonly result?: Readonly<Record<string, unknown>>;
}

/** What a search that succeeded found: its identity, genotype and weights. */
async function resultOf(program: Program): Promise<{ readonly attempt: number; readonly found: unknown }> {
  const finished = await program.finished();
  expect(finished.code, finished.stderr).toBe(0);
  const line = jsonLines(finished).find((each) => each.type === 'result');
  const search = line?.search as Run | undefined;
  const { id, attempt, result = {} } = search ?? expect.fail('no result was printed');
  return { attempt, found: { id, genotype: result.genotype, weightsDigest: result.weightsDigest } };
}

/** How many checkpoints the searcher in that state folder has recorded. */
function checkpointsRecorded(state: string): number {
  const log = join(state, 'log.ndjson');
  return existsSync(log) ? readFileSync(log, 'utf8').split('/RecordCheckpoint","code":"OK"').length - 1 : 0;
}

test('a search ends with the same digests with one thread, with two, and interrupted three times', async () => {
  const undisturbed = await resultOf(search(join(directory, 'one'), 1));
  expect((await resultOf(search(join(directory, 'two'), 2))).found).toEqual(undisturbed.found);

  const state = join(directory, 'interrupted');
  for (const signal of ['SIGTERM', 'SIGKILL', 'SIGTERM'] as const) {
    const before = checkpointsRecorded(state);
    const program = search(state, 1);
    // Each has taken the search up and come further before it is stopped.
    while (checkpointsRecorded(state) === before && !program.ended) await pause(20);
    await program.kill(signal);
  }
  const resumed = await resultOf(search(state, 1));
  expect(resumed.found).toEqual(undisturbed.found);
  expect(resumed.attempt).toBe(4);
}, 300_000);
