import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EvaluatorServiceClient, TableRole, type TableTaskRequest } from '@oneshot/contracts';
import { connect } from '@oneshot/service-kit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Embedded, startEmbedded } from '../compose/embedded.js';
import { runOneshot } from '../testing/run-oneshot.js';

const folder = mkdtempSync(join(tmpdir(), 'oneshot-remote-'));
const scores = 'benchmark,darts,gdas,random\nx,0.9,0.8,0.7\ny,0.8,0.9,0.6\nz,0.7,0.6,0.5\n';
let embedded: Embedded;

beforeAll(async () => {
  writeFileSync(join(folder, 'mine.csv'), scores);
  writeFileSync(join(folder, 'bad.csv'), 'benchmark,a,b\nx,1,two\ny,1,2\n');
  embedded = await startEmbedded({ dataDir: join(folder, 'state'), workers: 0 });
});
afterAll(async () => {
  await embedded.shutdown();
  rmSync(folder, { recursive: true });
});

function request(task: Record<string, unknown>, text: string): TableTaskRequest[] {
  const bytes = Buffer.from(text);
  return [
    { part: { $case: 'task', value: task } },
    { part: { $case: 'table', value: { name: 'mine.csv', role: TableRole.TABLE_ROLE_SCORES } } },
    // In two pieces, the second of which begins in the middle of a line.
    { part: { $case: 'chunk', value: bytes.subarray(0, 20) } },
    { part: { $case: 'chunk', value: bytes.subarray(20) } },
  ];
}

describe('tables through the evaluator', () => {
  test('results are artifacts; the same input is answered from the store, another one is not', async () => {
    const evaluator = connect(EvaluatorServiceClient, embedded.addresses.evaluator);
    const first = await evaluator.rankTable(request({ files: 'data' }, scores));
    const again = await evaluator.rankTable(request({ files: 'data' }, scores));
    const other = await evaluator.rankTable(request({ files: 'data', analysis: { alpha: 0.1 } }, scores));
    expect([first.cached, again.cached, other.cached]).toEqual([false, true, false]);
    expect(again).toEqual({ ...first, cached: true });
    expect(first.files.map(({ name }) => name)).toEqual([
      'report.md',
      'report.tex',
      'report.json',
      'ranking.csv',
      'pairs.csv',
    ]);
    evaluator.close();
  });

  test('bad tasks, bad tables and parts out of order are refused with every fault', async () => {
    const evaluator = connect(EvaluatorServiceClient, embedded.addresses.evaluator);
    await expect(evaluator.rankTable(request({ files: 'some', extra: 1 }, scores))).rejects.toMatchObject({
      reason: 'INVALID_TASK',
    });
    await expect(
      evaluator.plotTable(request({ plot: 'boxes' }, 'benchmark,a,b\nx,1,two\ny,1,2\n')),
    ).rejects.toMatchObject({
      reason: 'INVALID_TABLE',
      fields: [{ path: 'mine.csv:2:5: b', found: '"two"', allowed: 'a finite number' }],
    });
    await expect(evaluator.rankTable([])).rejects.toMatchObject({ reason: 'INVALID_TABLE' });
    evaluator.close();
  });

  test('the command prints the same whether the evaluator or this process does the work', async () => {
    const { evaluator, registry } = embedded.addresses;
    const args = ['compare', 'mine.csv', '--control', 'random', '--json'];
    const here = await runOneshot(args, { cwd: folder });
    const there = await runOneshot([...args, '--evaluator', evaluator, '--registry', registry], { cwd: folder });
    expect(there).toEqual(here);
    expect(here.code).toBe(0);
  });

  test('faults are told alike', async () => {
    const { evaluator, registry } = embedded.addresses;
    const { code, stderr } = await runOneshot(['rank', 'bad.csv', '--evaluator', evaluator, '--registry', registry], {
      cwd: folder,
    });
    expect(code).toBe(2);
    expect(stderr).toContain('bad.csv:2:5: b: found "two", allowed: a finite number');
  });
});
