import { fileURLToPath } from 'node:url';
import type { Precision } from '@oneshot/engine';
import { runJson } from '../process/run-json.js';
import type { StepRow } from './rows.js';

/** Figures of one side, as its process prints them on one line of JSON. */
export interface SideFigures {
  /** Who computed, such as `oneshot native` or `torch 2.4.1`. */
  readonly engine: string;
  /** Memory layout of activations. */
  readonly layout: string;
  readonly weight_params: number;
  /** Seconds of the fastest and of the middle step. */
  readonly step_s_min: number;
  readonly step_s_median: number;
  /** Processor seconds of all threads, mean per step; of our side. */
  readonly step_cpu_s?: number;
  /** Largest resident memory of the process. */
  readonly peak_memory_mib: number;
}

/** How our side is run. */
export interface OwnOptions {
  readonly row: StepRow;
  readonly steps: number;
  readonly threads: number;
  /** Other than the row's. */
  readonly batch?: number;
  /** Channels of the first cell, other than the row's. */
  readonly channels?: number;
  /** Whether cells make activations again in the backward pass. */
  readonly recompute?: boolean;
  readonly precision?: Precision;
}

/** Measures our side in a process of its own. */
export function ownSide(options: OwnOptions): Promise<SideFigures> {
  const script = fileURLToPath(new URL('./own-side.js', import.meta.url));
  const given = { ...options, row: options.row.name };
  return runSide(process.execPath, [script, JSON.stringify(given)]);
}

/** Measures the peer in a process of its own. */
export function peerSide(
  { peer: { space, method }, batch }: StepRow,
  { python, script }: { readonly python: string; readonly script: string },
  layout: 'nchw' | 'nhwc',
  { steps, threads }: { readonly steps: number; readonly threads: number },
): Promise<SideFigures> {
  const given = { space, method, layout, batch, steps, threads };
  const options = Object.entries(given).flatMap(([name, value]) => [`--${name}`, String(value)]);
  return runSide(python, [script, 'bench', ...options]);
}

async function runSide(command: string, args: readonly string[]): Promise<SideFigures> {
  const figures = await runJson(command, args);
  if (!isSide(figures)) throw new Error(`${command} printed other figures: ${JSON.stringify(figures)}`);
  return figures;
}

function isSide(value: unknown): value is SideFigures {
  if (typeof value !== 'object' || value === null) return false;
  const record = value as Record<string, unknown>;
  const numbers = ['weight_params', 'step_s_min', 'step_s_median', 'peak_memory_mib'];
  return typeof record.engine === 'string' && numbers.every((name) => typeof record[name] === 'number');
}

/** The best of several runs of one side: times of the fastest run, the largest memory. */
export function bestOf(runs: readonly SideFigures[]): SideFigures | undefined {
  const [first] = runs;
  if (first === undefined) return undefined;
  return {
    ...first,
    step_s_min: Math.min(...runs.map((run) => run.step_s_min)),
    step_s_median: Math.min(...runs.map((run) => run.step_s_median)),
    ...(first.step_cpu_s === undefined ? {} : { step_cpu_s: Math.min(...runs.flatMap((run) => run.step_cpu_s ?? [])) }),
    peak_memory_mib: Math.max(...runs.map((run) => run.peak_memory_mib)),
  };
}
