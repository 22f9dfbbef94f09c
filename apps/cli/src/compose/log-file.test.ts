import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openLogFile } from './log-file.js';

test('a log stays bounded while it is written, by this process and by its children, and keeps the last lines', () => {
  const folder = mkdtempSync(join(tmpdir(), 'oneshot-log-'));
  try {
    const log = openLogFile(folder, 10_000);
    for (let line = 0; line < 5000; line += 1) {
      log.destination.write(`{"line":${line},"by":"parent"}\n`);
      if (line % 1000 === 0) {
        spawnSync(process.execPath, ['-e', `console.log('{"line":${line},"by":"child"}')`], {
          stdio: ['ignore', log.descriptor, 'inherit'],
        });
      }
      expect(statSync(log.path).size).toBeLessThan(10_200);
    }
    log.close();
    const lines = ['log.old.ndjson', 'log.ndjson'].flatMap((name) => {
      const text = readFileSync(join(folder, name), 'utf8');
      expect(text.length).toBeLessThan(10_200);
      return text.split('\n').filter((line) => line !== '');
    });
    const numbers = lines.map((line) => JSON.parse(line) as { line: number; by: string });
    const parent = numbers.filter(({ by }) => by === 'parent').map(({ line }) => line);
    expect(parent.at(-1)).toBe(4999);
    expect(parent).toEqual(parent.map((_, index) => (parent[0] ?? 0) + index));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
