import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { ResultFile } from './table-work.js';

/** Writes files of a result into a folder; returns their paths. */
export async function writeFiles(files: readonly ResultFile[], folder: string): Promise<string[]> {
  const written: string[] = [];
  for (const { name, read } of files) {
    const file = join(folder, name);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, await read());
    written.push(file);
  }
  return written;
}
