import { SearcherServiceService } from '@oneshot/contracts';
import type { LocateOptions } from '@oneshot/data';
import { type RunServiceOptions, startRunService } from '@oneshot/jobs';
import { type RunningServer, serve } from '@oneshot/service-kit';
import { validateSearch } from './validate-search.js';

export interface SearcherOptions
  extends Pick<RunServiceOptions, 'database' | 'bus' | 'host' | 'port' | 'logger' | 'workers' | 'leaseMs'> {
  /** Where data sets are looked for. */
  readonly data?: LocateOptions;
}

/** The program of a search worker. */
export const searchWorker = new URL('../dist/worker.js', import.meta.url);

/** Starts the searcher. */
export function startSearcher({ data, ...options }: SearcherOptions): Promise<RunningServer> {
  return startRunService({
    ...options,
    name: 'searcher',
    kind: 'search',
    validate: (spec) => validateSearch(spec, data),
    services: ({ submit, get, list, watch, cancel }) => [
      serve(SearcherServiceService, {
        submitSearch: submit,
        getSearch: get,
        listSearches: list,
        watchSearch: watch,
        cancelSearch: cancel,
      }),
    ],
  });
}
