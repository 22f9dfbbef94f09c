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
  /** Largest resident memory of the process. */
  readonly peak_memory_mib: number;
}

/** The figures in the last line of JSON that a side printed; undefined when there is none. */
export function parseSide(output: string): SideFigures | undefined {
  const line = output.trim().split('\n').at(-1) ?? '';
  try {
    const value: unknown = JSON.parse(line);
    return isSide(value) ? value : undefined;
  } catch {
    return undefined;
  }
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
    peak_memory_mib: Math.max(...runs.map((run) => run.peak_memory_mib)),
  };
}
