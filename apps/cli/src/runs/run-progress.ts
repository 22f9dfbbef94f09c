import { type Progress, type Run, RunState } from '@oneshot/contracts';

/** How much of its steps a run has done, from 0 to 1; undefined if its reports count none. */
export function doneFraction(run: Run): number | undefined {
  const { progress } = run;
  if (progress === undefined || progress.epochs === 0) return undefined;
  if (run.state === RunState.RUN_STATE_SUCCEEDED) return 1;
  const { epoch, epochs, step, steps } = progress;
  const done = steps === 0 ? epoch : epoch - 1 + step / steps;
  return Math.min(1, Math.max(0, done / epochs));
}

/** Steps since the run began. */
function stepsDone({ epoch, step, steps }: Progress): number {
  return Math.max(0, epoch - 1) * steps + step;
}

interface Report {
  readonly stage: string;
  readonly done: number;
  /** Milliseconds since 1970, by the clock of the service. */
  readonly at: number;
}

const windowMs = 10_000;

/** How fast a run is, from what its reports of the last ten seconds tell. */
export class RunRate {
  #reports: readonly Report[] = [];

  observe({ progress, state, updatedAt }: Run): void {
    if (state !== RunState.RUN_STATE_RUNNING || progress === undefined || updatedAt === undefined) {
      this.#reports = [];
      return;
    }
    const report = { stage: progress.stage, done: stepsDone(progress), at: Date.parse(updatedAt) };
    const last = this.#reports.at(-1);
    // Another stage, or one taken up again from a checkpoint, counts anew.
    const goesOn = last !== undefined && last.stage === report.stage && last.done <= report.done;
    const before = goesOn ? this.#reports.filter(({ at }) => report.at - at <= windowMs) : [];
    this.#reports = last?.done === report.done && goesOn ? this.#reports : [...before, report];
  }

  /** Undefined until two reports with steps between them have come. */
  get stepsPerSecond(): number | undefined {
    const [first] = this.#reports;
    const last = this.#reports.at(-1);
    if (first === undefined || last === undefined || last.at <= first.at) return undefined;
    return (1000 * (last.done - first.done)) / (last.at - first.at);
  }
}

/** Such as `31.4 steps/s`. */
export function rateText(stepsPerSecond: number): string {
  return `${stepsPerSecond < 100 ? stepsPerSecond.toFixed(1) : Math.round(stepsPerSecond)} steps/s`;
}
