/** Where a run is in its life. */
export type RunStateName = 'QUEUED' | 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'CANCELLED';

/** How far a run is, as its worker last told. */
export interface RunProgress {
  /** What is being done, such as `search`, `retrain`, `export`. */
  readonly stage: string;
  readonly epoch: number;
  readonly epochs: number;
  readonly step: number;
  readonly steps: number;
  /** Latest figures by name, such as `train_loss`, `validation_accuracy` (a fraction). */
  readonly metrics: Readonly<Record<string, number>>;
  /** Estimated seconds until the end. */
  readonly etaSeconds: number;
}

/** Why a run, or one attempt at it, failed. */
export interface RunFailure {
  /** A word a program can match, such as `CHECKPOINT_CORRUPT`. */
  readonly reason: string;
  readonly message: string;
}

/** A value that JSON can hold. */
export type JsonObject = { readonly [key: string]: unknown };

/** One run as stored. */
export interface RunRecord {
  readonly id: string;
  /** Canonical. */
  readonly spec: JsonObject;
  readonly state: RunStateName;
  readonly progress: RunProgress | undefined;
  /** Set once the run has succeeded. */
  readonly result: JsonObject | undefined;
  /** The failure of the last attempt, kept while the run is tried again. */
  readonly failure: RunFailure | undefined;
  /** How often a worker has taken the run. */
  readonly attempt: number;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  readonly updatedAt: number;
  /** Grows by one with every change. */
  readonly sequence: number;
}

/** A run as it was after the changes `firstSequence` to `sequence`. */
export interface RunChange {
  readonly firstSequence: number;
  readonly sequence: number;
  readonly run: RunRecord;
}

/** Whether nothing more will happen to a run in this state by itself. */
export function hasEnded(state: RunStateName): boolean {
  return state === 'SUCCEEDED' || state === 'FAILED' || state === 'CANCELLED';
}
