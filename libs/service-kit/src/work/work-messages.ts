import type { FailureCode, FieldFault } from '../service-error.js';

/**
 * What a thread tells of the work it was given: its results one after the other, then how it ended.
 */
export type WorkMessage =
  | { readonly kind: 'result'; readonly value: unknown }
  | { readonly kind: 'done' }
  | {
      readonly kind: 'refused';
      readonly code: FailureCode;
      readonly reason: string;
      readonly message: string;
      readonly fields: readonly FieldFault[];
    }
  | { readonly kind: 'failed'; readonly message: string };
