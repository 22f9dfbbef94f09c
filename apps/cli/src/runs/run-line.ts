import { type Run, RunState } from '@oneshot/contracts';
import { isFinalState } from '@oneshot/jobs';
import { clock } from '../output/duration.js';

/**
 * What a line of live progress shows of a run. Figures that a run does not have are `undefined`.
 */
export interface RunLine {
  readonly stage: string;
  readonly epoch: number;
  readonly epochs: number;
  readonly loss: number | undefined;
  /** A fraction. */
  readonly accuracy: number | undefined;
  readonly etaSeconds: number | undefined;
}

const lossNames = ['train_loss', 'validation_loss', 'loss'];
const accuracyNames = ['test_accuracy', 'validation_accuracy', 'accuracy', 'train_accuracy'];

const states: Readonly<Partial<Record<RunState, string>>> = {
  [RunState.RUN_STATE_QUEUED]: 'waiting',
  [RunState.RUN_STATE_RUNNING]: 'running',
  [RunState.RUN_STATE_SUCCEEDED]: 'succeeded',
  [RunState.RUN_STATE_FAILED]: 'failed',
  [RunState.RUN_STATE_CANCELLED]: 'cancelled',
};

/** A run's state in one word. */
export function stateWord(state: RunState): string {
  return states[state] ?? 'unknown';
}

export function hasEnded(run: Run): boolean {
  return isFinalState(run.state);
}

export function runLine(run: Run): RunLine {
  const { progress } = run;
  const metrics = progress?.metrics ?? {};
  const first = (names: readonly string[]) => names.map((name) => metrics[name]).find((value) => value !== undefined);
  const running = run.state === RunState.RUN_STATE_RUNNING;
  const epochs = progress?.epochs ?? 0;
  return {
    stage: running && progress?.stage ? progress.stage : stateWord(run.state),
    // The last reports of a short run may never have been sent; a search that a stop ended says
    // after how many epochs.
    epoch: run.state === RunState.RUN_STATE_SUCCEEDED ? lastEpoch(run, epochs) : (progress?.epoch ?? 0),
    epochs,
    loss: first(lossNames),
    accuracy: first(accuracyNames),
    etaSeconds: running && progress && progress.etaSeconds > 0 ? progress.etaSeconds : undefined,
  };
}

function lastEpoch({ result }: Run, epochs: number): number {
  const ended: unknown = result?.epochs;
  return typeof ended === 'number' ? ended : epochs;
}

/** The cells of a line: stage, epoch, loss, accuracy, time left. */
export function lineCells(line: RunLine): string[] {
  return [
    line.stage,
    line.epochs > 0 ? `${line.epoch}/${line.epochs}` : '',
    line.loss === undefined ? '' : line.loss.toFixed(3),
    line.accuracy === undefined ? '' : `${(100 * line.accuracy).toFixed(2)} %`,
    line.etaSeconds === undefined ? '' : clock(line.etaSeconds),
  ];
}

export const lineColumns = [
  { name: 'stage' },
  { name: 'epoch', number: true },
  { name: 'loss', number: true },
  { name: 'accuracy', number: true },
  { name: 'left', number: true },
] as const;
