import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { InputError, type InputFault, readScores, type ScoreSet } from '@oneshot/evaluation';
import { badInput, type Failure } from '../failure.js';
import type { ServiceOptions } from '../input/common-options.js';
import type { ScoreOptions } from '../input/score-options.js';
import { campaignScores } from './campaign-scores.js';

/** Scores with where they came from. */
export interface ScoreInput {
  readonly set: ScoreSet;
  /** Short name for titles. */
  readonly name: string;
  readonly source: string;
  /** Id of the campaign they came from, if they did. */
  readonly campaign?: string;
}

/**
 * Reads scores from a CSV file, from standard input (`-`), or from a campaign by its id.
 *
 * @throws Failure (bad input) with every fault, its line and column
 */
export async function readScoreInput(input: string, options: ScoreOptions & ServiceOptions): Promise<ScoreInput> {
  if (!isTable(input) && /^[0-9a-f]{4,64}$/.test(input)) return campaignScores(input, options);
  const text = readTableText(input);
  const digest = createHash('sha256').update(text).digest('hex');
  const set = refusing(input, () => readScores(text, readingOptions(options)));
  const name = input === '-' ? 'standard input' : basename(input);
  return { set, name, source: `${name}, sha256 ${digest}` };
}

/** Whether scores come from a file or from standard input, and not from a campaign. */
function isTable(input: string): boolean {
  return input === '-' || existsSync(input);
}

/** The text of a file, or of standard input (`-`). @throws Failure (bad input) if there is no such file */
export function readTableText(input: string): string {
  if (!isTable(input)) throw badInput(`${input}: there is no such file.`);
  return readFileSync(input === '-' ? 0 : input, 'utf8');
}

/** What `InputError` says, as a failure of the command that names the file. */
export function refusing<Result>(input: string, read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    if (error instanceof InputError) throw inputFailure(input, error.faults);
    throw error;
  }
}

function inputFailure(input: string, faults: readonly InputFault[]): Failure {
  const many = faults.length === 1 ? 'one fault' : `${faults.length} faults`;
  return badInput(
    `${input} has ${many}.`,
    faults.map(({ line, column, field, found, allowed }) => ({
      path: line === undefined ? `${input}: ${field}` : `${input}:${line}:${column ?? 1}: ${field}`,
      found,
      allowed,
      message: '',
    })),
  );
}

/** How a table is read, from the command's options. */
export function readingOptions({
  form,
  methodColumn,
  benchmarkColumn,
  seedColumn,
  valueColumn,
  direction,
  measure,
}: ScoreOptions) {
  return {
    direction,
    ...(form === undefined ? {} : { form }),
    ...(measure === undefined ? {} : { measure }),
    columns: {
      ...(methodColumn === undefined ? {} : { method: methodColumn }),
      ...(benchmarkColumn === undefined ? {} : { benchmark: benchmarkColumn }),
      ...(seedColumn === undefined ? {} : { seed: seedColumn }),
      ...(valueColumn === undefined ? {} : { value: valueColumn }),
    },
  };
}
