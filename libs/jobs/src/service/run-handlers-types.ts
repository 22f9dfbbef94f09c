import type { SearcherServiceService } from '@oneshot/contracts';
import type { FieldFault, Handlers } from '@oneshot/service-kit';
import type { JsonObject } from '../runs/run-record.js';

/**
 * A spec that was accepted, in canonical form with the id that follows from it, or every fault of
 * one that was not.
 */
export type SpecValidation =
  | { readonly ok: true; readonly id: string; readonly spec: JsonObject }
  | { readonly ok: false; readonly faults: readonly FieldFault[] };

type SearchHandlers = Handlers<typeof SearcherServiceService>;

/** The five methods that every service with runs has; services differ only in their names. */
export interface RunHandlers {
  readonly submit: SearchHandlers['submitSearch'];
  readonly get: SearchHandlers['getSearch'];
  readonly list: SearchHandlers['listSearches'];
  readonly watch: SearchHandlers['watchSearch'];
  readonly cancel: SearchHandlers['cancelSearch'];
}
