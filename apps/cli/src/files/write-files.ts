import { randomUUID } from 'node:crypto';
import { realpathSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Output } from '../output/output.js';
import type { OutputFile } from './output-file.js';
import { type OverwriteRules, standingOf } from './overwriting.js';

/**
 * Writes files, each whole or not at all, and only if all of them may be written. One that holds
 * the same bytes already is left as it is, and told.
 *
 * @returns the paths of all files
 * @throws Failure (bad input) with every file that may not be written, before any is
 */
export async function writeFiles(
  files: readonly OutputFile[],
  rules: OverwriteRules,
  output: Output,
): Promise<string[]> {
  const standings = await standingOf(files, rules);
  const current: string[] = [];
  for (const [index, file] of files.entries()) {
    const standing = standings[index];
    if (standing === 'current') current.push(file.path);
    else await put(file, standing === 'replaced' ? realpathSync(file.path) : file.path);
  }
  if (current.length > 0) output.remark(upToDate(current, files.length));
  return files.map(({ path }) => path);
}

/** The bytes come to lie beside their place first, under a name that nothing else has. */
async function put(file: OutputFile, path: string): Promise<void> {
  const folder = dirname(path);
  await mkdir(folder, { recursive: true });
  const partial = join(folder, `.oneshot-${randomUUID()}.partial`);
  try {
    await file.saveTo(partial);
    await rename(partial, path);
  } finally {
    await rm(partial, { force: true });
  }
}

const named = 3;

function upToDate(current: readonly string[], all: number): string {
  if (current.length <= named) return `Up to date already: ${current.join(', ')}`;
  return `Up to date already: ${current.length} of ${all} files.`;
}
