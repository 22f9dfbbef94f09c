import type { FieldFault } from '@oneshot/service-kit';
import type { Database } from '@oneshot/storage';
import type { JsonObject, RunFailure, RunProgress } from '../runs/run-record.js';
import type { RunStore } from '../runs/run-store-types.js';
import type { RunTables } from '../runs/tables.js';

export interface JobQueueOptions {
  readonly runs: RunStore;
  readonly database: Database<RunTables>;
  /** How long a lease lasts without a heartbeat, in milliseconds. Default 15000. */
  readonly leaseMs?: number;
  /** Failures of the work since the last checkpoint before a run is given up. Default 5. */
  readonly maxFailures?: number;
  /** Workers lost since the last checkpoint before a run is given up. Default 20. */
  readonly maxLosses?: number;
  /**
   * Pause before the second attempt, in milliseconds; four times as long after each further
   * failure, up to a minute. Default 1000.
   */
  readonly backoffMs?: number;
  /** Everything that is wrong with a result for a run with this spec. Default: nothing. */
  readonly resultFaults?:
    | ((result: JsonObject, spec: JsonObject) => readonly FieldFault[] | Promise<readonly FieldFault[]>)
    | undefined;
}

/** Proof of holding a job. */
export interface HeldLease {
  readonly jobId: string;
  /** Grows with every lease of the job. */
  readonly fence: number;
  /** Drawn for this lease alone; nobody can guess it. */
  readonly token: string;
}

/** A job as handed to a worker. */
export interface JobLease extends HeldLease {
  /**
   * Milliseconds since 1970, for people: the lease itself is measured by a clock that nobody sets.
   */
  readonly deadline: number;
  readonly spec: JsonObject;
  /** Digest of the last checkpoint artifact; undefined: start anew. */
  readonly checkpoint: string | undefined;
  readonly attempt: number;
}

/**
 * Hands queued runs to workers. Every method that takes a lease refuses one that is no longer held:
 * ServiceError ABORTED, reason LEASE_LOST.
 */
export interface JobQueue {
  /**
   * Takes the job that has been queued for longest, of those that are due; waits at most `waitMs`
   * for one.
   */
  lease(workerId: string, waitMs: number, signal: AbortSignal): Promise<JobLease | undefined>;
  /** Keeps the lease. `cancelled`: the run was cancelled, the worker must stop. */
  heartbeat(lease: HeldLease, progress?: RunProgress): Promise<{ deadline: number; cancelled: boolean }>;
  /**
   * Notes a stored checkpoint. The one before is kept, for the case that this one is damaged;
   * `superseded` is the one before that.
   */
  recordCheckpoint(
    lease: HeldLease,
    artifact: string,
    progress?: RunProgress,
  ): Promise<{ deadline: number; superseded: string | undefined }>;
  /**
   * Ends the run with its result; `superseded` is the checkpoint before the last. Given twice under
   * one lease, it is done once. A result that has faults is refused with RESULT_INVALID, and the
   * lease is still held.
   */
  complete(lease: HeldLease, result: JsonObject): Promise<{ superseded: string | undefined }>;
  /**
   * Gives the job back. Reason WORKER_STOPPED: unharmed, to be taken at once. DISK_FULL,
   * UNAVAILABLE, DEADLINE_EXCEEDED: what is missing is waited for, however long. CHECKPOINT_…: the
   * run goes on from the checkpoint before, or anew. Any other retryable failure is tried again
   * after a pause; one that is not, or the last one, ends the run as FAILED.
   */
  fail(lease: HeldLease, failure: RunFailure, retryable: boolean): Promise<void>;
  /**
   * How many jobs are due now and held by no worker, counted up to 1000; what a launcher starts
   * workers for.
   */
  waiting(): Promise<number>;
  /** Ends the sweep for expired leases. */
  close(): Promise<void>;
}
