import type { Database } from '@oneshot/storage';
import type { Transaction } from 'kysely';
import type { JsonObject, RunChange, RunFailure, RunProgress, RunRecord, RunStateName } from './run-record.js';
import type { RunTables } from './tables.js';

export interface RunStoreOptions {
  readonly database: Database<RunTables>;
  /** The word for these runs in event types: `search` tells `oneshot.search.completed`. */
  readonly kind: 'search' | 'training' | 'evaluation' | 'campaign';
}

/** How a run is asked for. */
export interface SubmitOptions {
  /** Who wants the run. Default: a person. */
  readonly requester?: string | undefined;
  /**
   * Does what belongs to the run's being queued, in the same transaction: after a run was stored,
   * or queued again.
   */
  readonly onQueued?: (transaction: Transaction<RunTables>, again: boolean) => Promise<void>;
}

/** Which runs are listed, and how much of each. */
export interface RunQuery {
  /** Default: all. */
  readonly states?: readonly RunStateName[];
  /** Only these, as far as they exist. Default: all. */
  readonly ids?: readonly string[] | undefined;
  /** Leaves spec, progress and result empty. Default false. */
  readonly brief?: boolean | undefined;
  readonly pageSize: number;
  readonly pageToken?: string;
}

export interface SubmitOutcome {
  readonly run: RunRecord;
  /** False if the run existed already. */
  readonly created: boolean;
}

/** Some runs; fewer than were asked for where more would not fit one message. */
export interface RunPage {
  readonly runs: readonly RunRecord[];
  /** Undefined: no more. */
  readonly nextPageToken: string | undefined;
}

/** A change a service makes to a run that it drives itself, without workers. */
export type OwnChange =
  | { readonly state: 'RUNNING' }
  | { readonly progress: RunProgress }
  | { readonly state: 'SUCCEEDED'; readonly result: JsonObject }
  | { readonly state: 'FAILED'; readonly failure: RunFailure };

/**
 * The runs of one kind. Every change takes one transaction, which also writes the run's history
 * and, for a change of state, the event `oneshot.<kind>.<submitted | started | completed | failed |
 * cancelled | requeued | retried>` with data `{ id, state, sequence, attempt }`.
 */
export interface RunStore {
  readonly kind: RunStoreOptions['kind'];
  /**
   * Stores and queues a run, or finds it.
   *
   * @param retry queues a run again that failed or was cancelled, from its last checkpoint. Default
   * false.
   */
  submit(id: string, spec: JsonObject, retry?: boolean, options?: SubmitOptions): Promise<SubmitOutcome>;
  /**
   * Queues a run again that succeeded, from its last checkpoint: what it stored is no longer whole.
   * Any other run stays as it is.
   */
  redo(id: string): Promise<RunRecord | undefined>;
  get(id: string): Promise<RunRecord | undefined>;
  /** Newest first. */
  list(query: RunQuery): Promise<RunPage>;
  /**
   * Every change after `afterSequence` (default 0), then the later ones as they happen, until the
   * run has ended.
   */
  watch(id: string, afterSequence: number, signal: AbortSignal): AsyncIterable<RunChange>;
  /**
   * Ends a run that has not ended; undefined if there is none. Its worker is told with its next
   * heartbeat.
   *
   * @param requester who no longer wants it: as long as somebody else does, the run stays as it is.
   * Default: it ends, whoever wants it.
   */
  cancel(id: string, requester?: string): Promise<RunRecord | undefined>;
  /**
   * Changes a run that is driven without workers; a run that has ended stays as it is. Undefined if
   * there is none.
   *
   * @param attempt the run also stays as it is unless this attempt at it is running. Default: any.
   */
  change(id: string, change: OwnChange, attempt?: number): Promise<RunRecord | undefined>;
  /** Calls `listener` after every change of any run made by this process; returns how to stop. */
  onChange(listener: (id: string) => void): () => void;
  /**
   * Tells the listeners and watchers of a change made to a run in its tables, as the job queue
   * makes them.
   */
  announce(id: string): void;
}
