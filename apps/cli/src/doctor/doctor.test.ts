import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runOneshot } from '../testing/run-oneshot.js';
import type { Finding } from './finding.js';
import { diskFinding, nodeFinding } from './machine.js';
import { stateFolderFinding } from './state-folder.js';

test('a Node that is too old is a problem with advice', () => {
  expect(nodeFinding('18.19.0')).toMatchObject({ state: 'problem', advice: 'Install Node 20.9 or newer.' });
  expect(nodeFinding('20.9.0').state).toBe('well');
  expect(nodeFinding('24.1.0').state).toBe('well');
});

test('room on the disk is that of the nearest folder that exists', () => {
  expect(diskFinding('/no/such/folder')).toMatchObject({
    what: 'disk',
    found: expect.stringMatching(/GiB free at \/$/),
  });
});

test('a state folder below a file is a problem', () => {
  const folder = mkdtempSync(join(tmpdir(), 'oneshot-doctor-'));
  writeFileSync(join(folder, 'file'), '');
  expect(stateFolderFinding(join(folder, 'file', 'state'))).toMatchObject({
    state: 'problem',
    advice: expect.any(String),
  });
  expect(stateFolderFinding(join(folder, 'state'))).toMatchObject({ state: 'well' });
  rmSync(folder, { recursive: true });
});

test('the command looks at everything, and every problem has advice', async () => {
  const { code, stdout } = await runOneshot(['doctor', '--json']);
  const { well, findings }: { well: boolean; findings: Finding[] } = JSON.parse(stdout);
  expect(findings.map((finding) => finding.what)).toEqual([
    'node',
    'processor',
    'engine',
    'memory',
    'disk',
    'state folder',
    'data sets',
    'a search',
    'onnxruntime',
    'rust',
    'nats-server',
  ]);
  expect(code).toBe(well ? 0 : 1);
  for (const finding of findings) if (finding.state === 'problem') expect(finding.advice).toBeTruthy();
});

test('a data folder that is not there is told with code 1', async () => {
  const { code, stdout } = await runOneshot(['doctor', '--data-dir', '/no/such/folder']);
  expect(stdout).toContain('/no/such/folder: no such directory');
  expect(code).toBe(1);
});
