import type { DataFault } from '../error.js';
import type { OpenOptions } from '../open.js';

/**
 * What the identifying thread is asked: for the state of a data set's files, or for a survey of
 * what they hold.
 */
export interface IdentityRequest {
  readonly call: number;
  readonly wanted: 'file-state' | 'survey';
  readonly name: string;
  readonly options: OpenOptions;
}

/**
 * Its answer: the state or the survey as text, the faults of the data set, or an error that nobody
 * foresaw.
 */
export type IdentityAnswer =
  | { readonly call: number; readonly kind: 'text'; readonly text: string }
  | { readonly call: number; readonly kind: 'faults'; readonly faults: readonly [DataFault, ...DataFault[]] }
  | { readonly call: number; readonly kind: 'error'; readonly message: string };
