import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Arithmetic, arithmeticText, currentArithmetic, selectBackend } from '@oneshot/engine';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { oneshot, type Program } from './harness/processes.js';
import { jsonLines, writeCampaign } from './harness/reference.js';
import { tinyCampaign } from './harness/tiny-campaign.js';
import { tinyDataset, writeTinyDataset } from './harness/tiny-dataset.js';
import { needs } from './needs.js';

await selectBackend();
const best = currentArithmetic();
const scalar: Arithmetic = { ...best, simd: 'scalar' };

const directory = mkdtempSync(join(tmpdir(), 'oneshot-arithmetic-'));
const state = join(directory, 'state');
const out = join(directory, 'out');

beforeAll(() => writeTinyDataset(directory));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

function run(file: string, simd: string, more: readonly string[] = []): Program {
  const folders = ['--state', state, '--data-dir', directory, '--out', out];
  const environment = { ONESHOT_LOG_LEVEL: 'debug', ONESHOT_SIMD: simd };
  return oneshot(['run', file, ...folders, '--workers', '1', '--json', ...more], environment);
}

/** Whether the searcher has recorded a checkpoint. */
function hasCheckpoint(): boolean {
  const log = join(state, 'log.ndjson');
  return existsSync(log) && readFileSync(log, 'utf8').includes('/RecordCheckpoint","code":"OK"');
}

interface Member {
  readonly search: { readonly result?: { readonly arithmetic: unknown } };
}

test('a search that was interrupted is not resumed with fewer instructions unless that is accepted; the report names both', {
  ...needs('two instruction sets', best.backend === 'native' && best.simd !== 'scalar'),
  timeout: 300_000,
}, async () => {
  const [benchmark] = tinyCampaign().benchmarks as readonly [Readonly<Record<string, unknown>>];
  const longer = { ...benchmark, data: tinyDataset, search: { epochs: 8, batch: 8 } };
  const file = writeCampaign(directory, tinyCampaign({ methods: ['darts'], benchmarks: [longer] }));
  const interrupted = run(file, best.simd);
  while (!hasCheckpoint() && !interrupted.ended) await pause(20);
  expect((await interrupted.kill('SIGTERM')).code).toBe(130);

  const refused = await run(file, 'scalar').finished();
  expect(refused.code).toBe(1);
  expect(refused.stderr).toContain(
    `arithmetic: found ${arithmeticText(scalar)}; its checkpoint was computed with ${arithmeticText(best)}, and bits are the same ` +
      'with the same arithmetic only. Go on where there is such, or with --accept-other-arithmetic',
  );

  const accepted = await run(file, 'scalar', ['--accept-other-arithmetic']).finished();
  expect(accepted.code, accepted.stderr).toBe(0);
  const told = jsonLines(accepted).findLast(({ type }) => type === 'member')?.member as Member | undefined;
  expect(told?.search.result?.arithmetic).toEqual([best, scalar]);
  const report = readFileSync(join(out, 'report.html'), 'utf8');
  expect(report).toContain(`${arithmeticText(best)}; ${arithmeticText(scalar)}`);
  expect(readFileSync(join(state, 'log.ndjson'), 'utf8')).toContain(
    `The run goes on with ${arithmeticText(scalar)}; its checkpoint was computed with ${arithmeticText(best)}.`,
  );
});
