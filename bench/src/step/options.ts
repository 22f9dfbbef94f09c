import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { countOption } from '../process/count-option.js';
import { rowNames, STEP_ROWS, type StepRow } from './rows.js';

/** The table of steps that is wanted. */
export interface StepOptions {
  readonly rows: readonly StepRow[];
  /** Times that all sides of a row run, one after the other. */
  readonly rounds: number;
  /** Steps measured in a run, after one that is not. */
  readonly steps: number;
  readonly threads: number;
  /** The other side: a Python with torch, and the peer's script. */
  readonly peer?: { readonly python: string; readonly script: string };
  /** File to write all figures to. */
  readonly json?: string;
}

export const stepUsage = `usage: npm run bench -- step [options]

One step of search (architecture + weights) or of retraining, as a table of rows: ours; with --peer the PyTorch peer in both memory
layouts, and the ratios against its better one. Every figure comes from a process of its own; none runs beside another.

  --only NAME,…        some rows: ${rowNames()}
  --rounds N           times all sides of a row run, one after the other; the fastest step counts; default 3
  --steps N            steps measured in a run, after one to warm up; default 3
  --threads N          default: all cores
  --peer PYTHON        a Python with torch
  --peer-script FILE   the peer's script (torch_supernet.py)
  --json FILE          write all figures there

example: npm run bench -- step --only gdas,pcdarts --peer ~/venv/bin/python --peer-script ../torch_supernet.py`;

/** Reads the command line; returns a message with every fault when it cannot be followed. */
export function parseStepOptions(args: readonly string[]): StepOptions | string {
  const text = { type: 'string' } as const;
  const known = { only: text, rounds: text, steps: text, threads: text, peer: text, 'peer-script': text, json: text };
  let values: Record<string, string | undefined>;
  try {
    values = parseArgs({ args: [...args], options: known, strict: true }).values;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  const faults: string[] = [];
  const options = {
    rows: rowsOf(values.only, faults),
    rounds: countOption('rounds', values.rounds, 3, faults),
    steps: countOption('steps', values.steps, 3, faults),
    threads: countOption('threads', values.threads, availableParallelism(), faults),
  };
  const { peer: python, 'peer-script': script, json } = values;
  if ((python === undefined) !== (script === undefined)) faults.push('--peer and --peer-script go together');
  if (faults.length > 0) return faults.join('\n');
  return {
    ...options,
    ...(python !== undefined && script !== undefined ? { peer: { python, script } } : {}),
    ...(json === undefined ? {} : { json }),
  };
}

function rowsOf(only: string | undefined, faults: string[]): readonly StepRow[] {
  if (only === undefined) return STEP_ROWS;
  const names = only.split(',');
  const unknown = names.filter((name) => STEP_ROWS.every((row) => row.name !== name));
  if (unknown.length > 0) faults.push(`--only: found "${unknown.join(',')}"; allowed: ${rowNames()}`);
  return STEP_ROWS.filter(({ name }) => names.includes(name));
}
