import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { needs } from '@oneshot/test/needs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type HeldFile, holdFile } from './hold-file.js';

const compiled = fileURLToPath(new URL('../../dist/lock/hold-file.js', import.meta.url));
let directory: string;
let path: string;
const children: ChildProcess[] = [];
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'oneshot-lock-'));
  path = join(directory, 'part.held');
});
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  rmSync(directory, { recursive: true, force: true });
});

const program = () => `
  import { holdFile } from ${JSON.stringify(compiled)};
  const held = holdFile(${JSON.stringify(path)});
  console.log(held === undefined ? 'refused' : 'held ' + process.pid);
  setInterval(() => held, 1000);
`;

/** Starts a program that takes hold of the file; resolves with its first line. */
async function holder(command: string, args: readonly string[]): Promise<{ child: ChildProcess; said: string }> {
  const child = spawn(command, [...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(child);
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  return { child, said: line.toString().trim() };
}

const node = () => [process.execPath, '--input-type=module', '-e', program()] as const;

test('one at a time holds a file, within a process too, and it is free after its release', () => {
  const held = holdFile(path);
  expect(held).toBeDefined();
  expect(holdFile(path)).toBeUndefined();
  held?.release();
  const again = holdFile(path);
  expect(again).toBeDefined();
  again?.release();
});

test(
  'kill -9 of the holder frees the file, also while nobody has asked how it ended',
  needs('the compiled packages', existsSync(compiled)),
  async () => {
    // The shell becomes a program that never asks, so that the holder stays as a zombie.
    const { said } = await holder('sh', ['-c', '"$@" & exec sleep 60', 'sh', ...node()]);
    const pid = Number(said.split(' ')[1]);
    expect(holdFile(path)).toBeUndefined();
    process.kill(pid, 'SIGKILL');
    await expect.poll(() => readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.[0]).toBe('Z');
    let held: HeldFile | undefined;
    // A process ends thread by thread, and frees its files with the last.
    await expect
      .poll(() => {
        held = holdFile(path);
        return held;
      })
      .toBeDefined();
    held?.release();
  },
);

const apart = ['--pid', '--fork', '--kill-child', '--mount-proc'];
const mayUnshare = spawnSync('unshare', [...apart, 'true']).status === 0;

test(
  'a holder with process ids of its own, as in a container, is seen',
  existsSync(compiled)
    ? needs('the right to set process ids apart', mayUnshare)
    : needs('the compiled packages', false),
  async () => {
    const { said } = await holder('unshare', [...apart, ...node()]);
    expect(said).toBe('held 1');
    expect(holdFile(path)).toBeUndefined();
  },
);
