import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type RankAnalysis, type ReportSource, rankingFiles } from '@oneshot/evaluation';

/** Writes a ranking's report, documents and figures into a folder; returns the paths. */
export async function writeRanking(analysis: RankAnalysis, source: ReportSource, folder: string): Promise<string[]> {
  const written: string[] = [];
  for await (const { name, bytes } of rankingFiles(analysis, source)) {
    const file = join(folder, name);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, bytes);
    written.push(file);
  }
  return written;
}
