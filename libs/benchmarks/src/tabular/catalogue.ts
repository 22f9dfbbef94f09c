import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BenchmarkError } from '../errors.js';
import type { TabularBenchmark } from './benchmark.js';
import { type DataFile, wrongDigest } from './data-file.js';
import { loadNasBench201, NAS_BENCH_201_FILES } from './nas-bench-201.js';

/** The tabular benchmarks whose spaces can be searched here. */
export const TABULAR_NAMES = ['nas-bench-201'] as const;

export type TabularName = (typeof TABULAR_NAMES)[number];

interface Entry {
  /** The space whose genotypes it knows. */
  readonly space: string;
  readonly files: readonly DataFile[];
  readonly load: (directory: string) => Promise<TabularBenchmark>;
}

const ENTRIES: Readonly<Record<TabularName, Entry>> = {
  'nas-bench-201': { space: 'nasbench201', files: Object.values(NAS_BENCH_201_FILES), load: loadNasBench201 },
};

/** The space whose genotypes a tabular benchmark knows. */
export function tabularSpace(name: TabularName): string {
  return ENTRIES[name].space;
}

/**
 * Loads a tabular benchmark from the first of the directories that holds its first file.
 *
 * @throws BenchmarkError `missing-file`, `unreadable-file`, `wrong-digest`, `wrong-format`
 */
export async function loadTabular(name: TabularName, directories: readonly string[]): Promise<TabularBenchmark> {
  return ENTRIES[name].load(directoryOf(name, directories));
}

/**
 * What hinders a tabular benchmark from being loaded, in a sentence: files that are missing, or
 * another's digest. Undefined: nothing.
 */
export function tabularFault(name: TabularName, directories: readonly string[]): string | undefined {
  try {
    const directory = directoryOf(name, directories);
    for (const file of ENTRIES[name].files) checkFile(directory, file);
    return undefined;
  } catch (error) {
    if (error instanceof BenchmarkError) return error.message;
    throw error;
  }
}

function directoryOf(name: TabularName, directories: readonly string[]): string {
  const [first] = ENTRIES[name].files;
  const directory = directories.find((each) => first !== undefined && existsSync(join(each, first.name)));
  if (directory !== undefined) return directory;
  const names = ENTRIES[name].files.map((file) => file.name).join(' and ');
  const found = directories.length === 0 ? 'no data directory' : `none of its files in ${directories.join(', ')}`;
  throw new BenchmarkError(
    'missing-file',
    name,
    found,
    `a data directory (--data-dir, ONESHOT_DATA) that holds ${names}`,
  );
}

function checkFile(directory: string, file: DataFile): void {
  const path = join(directory, file.name);
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    const found = missing ? 'no such file' : String(error);
    throw new BenchmarkError(missing ? 'missing-file' : 'unreadable-file', path, found, 'a readable file');
  }
  const digest = createHash('sha256').update(bytes).digest('hex');
  if (digest !== file.sha256) throw wrongDigest(path, file, digest, bytes.length);
}
