import { existsSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { faultPath, type InputError, type TableInput, type TableTask } from '@oneshot/evaluation';
import { badInput, type Failure } from '../failure.js';
import type { ServiceOptions } from '../input/common-options.js';
import type { ScoreOptions } from '../input/score-options.js';
import { readChunks } from './read-chunks.js';
import { isRegistryQuery } from './registry-query.js';

/** A table of scores with where it came from. */
export interface ScoreInput extends TableInput {
  /** Id of the campaign the scores came from, if they did. */
  readonly campaign?: string;
}

/**
 * Reads scores from CSV files, from standard input (`-`), from campaigns by their ids, from the
 * registry by a query (`registry:space=darts`), and published ones by name
 * (`published:confopt/table-2`).
 */
export async function readScoreInputs(
  inputs: readonly string[],
  options: ScoreOptions & ServiceOptions,
): Promise<ScoreInput[]> {
  const read: ScoreInput[] = [];
  for (const input of inputs) read.push(await readScoreInput(input, options));
  return read;
}

/** Reads one of them. */
export async function readScoreInput(input: string, options: ScoreOptions & ServiceOptions): Promise<ScoreInput> {
  // Files are read at once: what speaks to services, and knows the papers, is loaded when it is
  // asked for.
  if (input.startsWith('published:')) return (await import('./published-scores.js')).publishedScores(input, options);
  if (isRegistryQuery(input)) return (await import('./registry-scores.js')).registryScores(input, options);
  if (isCampaignId(input)) return (await import('./campaign-scores.js')).campaignScores(input, options);
  return { name: tableName(input), role: 'scores', chunks: fileChunks(input) };
}

/** Whether an input is the id of a campaign, or its first digits, and not a file. */
export function isCampaignId(input: string): boolean {
  return !isTable(input) && /^[0-9a-f]{4,64}$/.test(input);
}

/** What reports and faults call a file: its name without the folder. */
export function tableName(input: string): string {
  return input === '-' ? '-' : basename(input);
}

/**
 * The bytes of a file, or of standard input (`-`), read as they are asked for. @throws Failure (bad
 * input) if there is no such file
 */
export function fileChunks(input: string): Iterable<Uint8Array> {
  if (!isTable(input)) throw badInput(`${input}: there is no such file.`);
  if (input !== '-' && statSync(input).isDirectory()) throw badInput(`${input}: found a folder, allowed: a CSV file.`);
  return readChunks(input === '-' ? 0 : input);
}

/** How scores are read and tested, from the command's options. */
export function scoreTask(options: ScoreOptions): Pick<TableTask, 'reading' | 'analysis'> {
  const { form, methodColumn, benchmarkColumn, seedColumn, valueColumn, direction, measure, without, alpha, test } =
    options;
  return {
    analysis: { alpha, postHoc: test },
    reading: {
      ...(direction === undefined ? {} : { direction }),
      ...(form === undefined ? {} : { form }),
      ...(measure === undefined ? {} : { measure }),
      ...(without === undefined ? {} : { without }),
      columns: {
        ...(methodColumn === undefined ? {} : { method: methodColumn }),
        ...(benchmarkColumn === undefined ? {} : { benchmark: benchmarkColumn }),
        ...(seedColumn === undefined ? {} : { seed: seedColumn }),
        ...(valueColumn === undefined ? {} : { value: valueColumn }),
      },
    },
  };
}

/** What `InputError` says, as a failure of the command. */
export function inputFailure(error: InputError): Failure {
  const many = error.faults.length === 1 ? 'one fault' : `${error.faults.length} faults`;
  const faults = error.faults.map((fault) => {
    const { found, allowed } = fault;
    return { path: faultPath(fault), found, allowed, message: '' };
  });
  return badInput(`The input has ${many}.`, faults);
}

/** Whether an input is a file or standard input. */
function isTable(input: string): boolean {
  return input === '-' || existsSync(input);
}
