import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { ReportFile } from '@oneshot/evaluation';

/** Writes files of a report into a folder, one after the other as they are made; returns their paths. */
export async function writeFiles(files: AsyncIterable<ReportFile>, folder: string): Promise<string[]> {
  const written: string[] = [];
  for await (const { name, bytes } of files) {
    const file = join(folder, name);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, bytes);
    written.push(file);
  }
  return written;
}
