/**
 * Small helpers shared by the scripts; no dependency, since they run before anything is installed.
 */
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const bin = join(root, 'node_modules', '.bin');

/** Environment in which the commands of installed packages are found. */
export const environment = {
  ...process.env,
  PATH: `${bin}${delimiter}${process.env.PATH}`,
};

/**
 * Runs a command from the repository root; resolves to its exit code. `quiet` keeps its output back
 * unless it fails.
 */
export function run(command, args, { quiet = false, env = {}, onOutput } = {}) {
  return new Promise((settle) => {
    const piped = quiet || onOutput !== undefined;
    const child = spawn(command, args, {
      cwd: root,
      env: { ...environment, ...env },
      stdio: ['ignore', piped ? 'pipe' : 'inherit', piped ? 'pipe' : 'inherit'],
      shell: process.platform === 'win32',
    });
    const kept = [];
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (chunk) => {
        if (quiet) kept.push(chunk);
        else process.stdout.write(chunk);
        onOutput?.(String(chunk));
      });
    child.on('error', () => settle(127));
    child.on('close', (code) => {
      if (quiet && code !== 0) process.stderr.write(Buffer.concat(kept));
      settle(code ?? 1);
    });
  });
}

/** True if `command --version` runs. */
export function available(command, argument = '--version') {
  return spawnSync(command, [argument], { stdio: 'ignore', env: environment }).status === 0;
}

/** The whole path of an installed Chromium or Chrome; undefined if there is none. */
export function chromium() {
  const name = ['chromium', 'chromium-browser', 'google-chrome'].find((each) => available(each));
  const places = environment.PATH.split(delimiter).map((folder) => join(folder, name ?? ''));
  return name && places.find((place) => existsSync(place));
}

/** sha256 over the names and contents of files and folders (relative to the root). */
export function fingerprint(paths) {
  const hash = createHash('sha256');
  const visit = (path) => {
    const full = join(root, path);
    if (!existsSync(full)) return;
    let entries;
    try {
      entries = readdirSync(full).sort();
    } catch {
      hash.update(`${path}\n`).update(readFileSync(full));
      return;
    }
    for (const entry of entries) visit(join(path, entry));
  };
  for (const path of paths) visit(path);
  return hash.digest('hex');
}

/**
 * Does `work` unless the fingerprint of `inputs` is the one recorded in `stamp` when it last
 * succeeded.
 */
export async function unlessCurrent(stamp, inputs, work) {
  const file = join(root, stamp);
  const wanted = fingerprint(inputs);
  if (existsSync(file) && readFileSync(file, 'utf8') === wanted) return;
  await work();
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, wanted);
}
