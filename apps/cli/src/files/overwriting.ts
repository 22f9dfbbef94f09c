import { createHash } from 'node:crypto';
import { type BigIntStats, createReadStream, lstatSync, realpathSync, statSync } from 'node:fs';
import { access, constants } from 'node:fs/promises';
import { dirname, resolve, sep } from 'node:path';
import { ExitCode } from '../exit-codes.js';
import { Failure, type Fault } from '../failure.js';
import type { PlannedFile } from './output-file.js';

/** What a command may overwrite. */
export interface OverwriteRules {
  /**
   * Files and folders that the command reads: neither they nor what is in such a folder is ever
   * overwritten. Names of anything else are ignored.
   */
  readonly inputs: readonly string[];
  /** Whether files that exist and are no input may be overwritten. */
  readonly force: boolean;
  /**
   * Whether a file that exists with this sha256 was written by the same work before, and may be
   * brought up to date. Default: none was.
   */
  readonly owned?: (path: string, digest: string) => boolean;
}

/**
 * A place where nothing is yet, one that holds the wanted bytes already, and one whose bytes are to
 * be replaced.
 */
export type Standing = 'new' | 'current' | 'replaced';

/**
 * How each file stands to what exists, in their order.
 *
 * @throws Failure (bad input) with every file that may not be written: an input, one that exists
 * with other bytes, or no place for a file
 */
export async function standingOf(files: readonly PlannedFile[], rules: OverwriteRules): Promise<readonly Standing[]> {
  const inputs = rules.inputs.flatMap((input) => inputAt(input));
  const refusals = new Map<string, Refusal>();
  const standings: Standing[] = [];
  for (const file of files) {
    const standing = await standOf(file, rules, inputs);
    if (typeof standing !== 'string') refusals.set(standing.path, standing);
    else standings.push(standing);
  }
  if (refusals.size > 0) throw refused(refusals);
  return standings;
}

interface Refusal {
  readonly path: string;
  readonly kind: 'input' | 'exists' | 'place';
  readonly message: string;
}

async function standOf(
  { path, digest }: PlannedFile,
  { force, owned }: OverwriteRules,
  inputs: readonly Input[],
): Promise<Standing | Refusal> {
  if (!exists(path)) return (await placeFault(path)) ?? 'new';
  const found = statSync(path, { throwIfNoEntry: false, bigint: true });
  if (found === undefined) return { path, kind: 'place', message: 'is a link that leads nowhere' };
  if (found.isDirectory()) return { path, kind: 'place', message: 'is a folder, where a file is to be written' };
  if (!found.isFile()) return { path, kind: 'place', message: 'is no file that can be written to' };
  const input = inputs.find((each) => holds(each, path, found));
  if (input !== undefined) {
    const what = input.stats.isDirectory() ? `lies in the input ${input.name}` : 'is an input of this command';
    return { path, kind: 'input', message: `${what}, and inputs are never overwritten` };
  }
  const wanted = await digest();
  const present = await digestOf(path);
  if (present === wanted) return 'current';
  if (force || owned?.(path, present) === true) return 'replaced';
  return { path, kind: 'exists', message: 'exists already' };
}

interface Input {
  readonly name: string;
  readonly real: string;
  readonly stats: BigIntStats;
}

function inputAt(name: string): Input[] {
  const stats = statSync(name, { throwIfNoEntry: false, bigint: true });
  return stats === undefined ? [] : [{ name, real: realpathSync(name), stats }];
}

/** Whether a file is the input, by whatever name, or lies in it. */
function holds(input: Input, path: string, found: BigIntStats): boolean {
  if (input.stats.isDirectory()) return realpathSync(path).startsWith(`${input.real}${sep}`);
  return input.stats.dev === found.dev && input.stats.ino === found.ino;
}

/** Why no file can come to be there, as far as the nearest folder above it tells. */
async function placeFault(path: string): Promise<Refusal | undefined> {
  let folder = dirname(resolve(path));
  while (!exists(folder)) folder = dirname(folder);
  const above = statSync(folder, { throwIfNoEntry: false });
  if (above?.isDirectory() !== true) {
    return { path: folder, kind: 'place', message: 'is no folder, where one is needed' };
  }
  await access(folder, constants.W_OK);
  return undefined;
}

function exists(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOTDIR') return false;
    throw error;
  }
}

async function digestOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

const shown = 10;

function refused(refusals: ReadonlyMap<string, Refusal>): Failure {
  const all = [...refusals.values()];
  const faults = all.map(({ path, message }): Fault => ({ path, found: '', allowed: '', message }));
  const forcible = all.some(({ kind }) => kind === 'exists');
  const advice = ['--out names another place', ...(forcible ? ['--force overwrites what exists, an input never'] : [])];
  const first = all.length > shown ? ` The first ${shown} of ${all.length} faults:` : '';
  return new Failure(`Nothing was written.${first}`, {
    exitCode: ExitCode.badInput,
    reason: 'WOULD_OVERWRITE',
    faults: faults.slice(0, shown),
    advice: `${advice.join('; ')}.`,
  });
}
