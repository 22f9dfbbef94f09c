import { cpus } from 'node:os';
import { parseArgs } from 'node:util';

export const stepSpaces = ['darts', 'wide', 'deep', 'single', 'nb201'] as const;
export const stepMethods = ['darts', 'gdas', 'drnas', 'retrain'] as const;
export type StepSpace = (typeof stepSpaces)[number];
export type StepMethod = (typeof stepMethods)[number];

/** One measurement, as both sides understand it. */
export interface StepOptions {
  readonly space: StepSpace;
  readonly method: StepMethod;
  /** Images per batch. */
  readonly batch: number;
  /** Steps measured, after one that is not. */
  readonly steps: number;
  readonly threads: number;
  readonly backend: 'auto' | 'native' | 'reference';
  /** Times that both sides run, one after the other. */
  readonly rounds: number;
  /** The other side: a Python with torch, and the peer's script. */
  readonly peer?: { readonly python: string; readonly script: string };
  /** File to write all figures to. */
  readonly json?: string;
}

export const stepUsage = `usage: npm run bench -- step [options]

  --space ${stepSpaces.join('|')}   default darts (8 cells, 16 channels)
  --method ${stepMethods.join('|')}   default darts; drnas has no partial connections here, so it is not measured beside the peer
  --batch N            images per batch, default 64
  --steps N            steps measured after one to warm up, default 3
  --threads N          default: all cores
  --backend NAME       auto, native or reference; default auto
  --rounds N           times both sides run, one after the other, default 1
  --peer PYTHON        a Python with torch; measures the peer in both memory layouts
  --peer-script FILE   the peer's script (torch_supernet.py)
  --json FILE          write all figures there

example: npm run bench -- step --space wide --method gdas --peer ~/venv/bin/python --peer-script ../shared/peer/torch_supernet.py`;

/** Reads the command line; returns a message when it cannot be followed. */
export function parseStepOptions(args: readonly string[]): StepOptions | string {
  const text = { type: 'string' } as const;
  let values: Record<string, string | undefined>;
  try {
    const options = {
      space: text,
      method: text,
      batch: text,
      steps: text,
      threads: text,
      backend: text,
      rounds: text,
      peer: text,
      'peer-script': text,
      json: text,
    };
    values = parseArgs({ args: [...args], options, strict: true }).values;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  const faults: string[] = [];
  const choice = <T extends string>(name: string, allowed: readonly T[], preset: T): T => {
    const value = values[name] ?? preset;
    const known = allowed.find((candidate) => candidate === value);
    if (known === undefined) faults.push(`--${name}: found "${value}"; allowed: ${allowed.join(', ')}`);
    return known ?? preset;
  };
  const count = (name: string, preset: number): number => {
    const value = Number(values[name] ?? preset);
    if (!Number.isInteger(value) || value < 1)
      faults.push(`--${name}: found "${values[name]}"; allowed: whole numbers from 1`);
    return value;
  };
  const options = {
    space: choice('space', stepSpaces, 'darts'),
    method: choice('method', stepMethods, 'darts'),
    batch: count('batch', 64),
    steps: count('steps', 3),
    threads: count('threads', cpus().length),
    backend: choice('backend', ['auto', 'native', 'reference'] as const, 'auto'),
    rounds: count('rounds', 1),
  };
  const { peer: python, 'peer-script': script, json } = values;
  if ((python === undefined) !== (script === undefined)) faults.push('--peer and --peer-script go together');
  if (options.space === 'nb201' && options.method === 'retrain') faults.push('--method retrain: not for --space nb201');
  if (options.method === 'drnas' && python !== undefined) {
    faults.push('--method drnas: the peer runs it with partial connections, so the figures would not be comparable');
  }
  if (faults.length > 0) return faults.join('\n');
  return {
    ...options,
    ...(python !== undefined && script !== undefined ? { peer: { python, script } } : {}),
    ...(json === undefined ? {} : { json }),
  };
}
