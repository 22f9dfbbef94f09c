import type { FieldFault } from '@oneshot/service-kit';
import type { JsonObject, RunFailure, RunProgress } from '../runs/run-record.js';

/** What the thread that computes is started with. */
export interface ThreadData {
  /** URL of the module whose export `execute` does the work. */
  readonly executor: string;
  /** One Int32: 1 asks the work to stop. Shared memory, because busy code reads no messages. */
  readonly stop: SharedArrayBuffer;
}

/** One job as the thread sees it. */
export interface ThreadJob {
  readonly runId: string;
  readonly attempt: number;
  readonly spec: JsonObject;
  readonly checkpoint: string | undefined;
  readonly directory: string;
}

/** What the thread asks the main thread to do for it; it has no connections of its own. */
export type ThreadRequest =
  | { readonly name: 'saveCheckpoint'; readonly path: string }
  | { readonly name: 'putArtifact'; readonly path: string; readonly mediaType: string }
  | { readonly name: 'getArtifact'; readonly digest: string }
  | { readonly name: 'registry'; readonly method: string; readonly request: unknown };

/** An error on its way between threads; only plain data travels. */
export type SentError =
  | {
      readonly kind: 'service';
      readonly code: number;
      readonly reason: string;
      readonly message: string;
      readonly fields: readonly FieldFault[];
    }
  | { readonly kind: 'other'; readonly message: string };

export type ToThread =
  | { readonly kind: 'execute'; readonly job: ThreadJob }
  | { readonly kind: 'answer'; readonly call: number; readonly value: unknown }
  | { readonly kind: 'refusal'; readonly call: number; readonly error: SentError };

/** How an execution ended. */
export type Outcome =
  | { readonly kind: 'succeeded'; readonly result: JsonObject }
  | { readonly kind: 'failed'; readonly failure: RunFailure; readonly retryable: boolean }
  | { readonly kind: 'stopped' };

export type FromThread =
  | { readonly kind: 'progress'; readonly progress: RunProgress }
  | { readonly kind: 'call'; readonly call: number; readonly request: ThreadRequest }
  | { readonly kind: 'outcome'; readonly outcome: Outcome };
