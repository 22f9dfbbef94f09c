import { RegistryServiceClient, SearcherServiceService } from '@oneshot/contracts';
import type { LocateOptions } from '@oneshot/data';
import { areStored, type RunServiceOptions, startRunService } from '@oneshot/jobs';
import { loadSpaceModule } from '@oneshot/nas';
import { connect, type RunningServer, serve } from '@oneshot/service-kit';
import { searchResultFaults } from './result-faults.js';
import { validateSearch } from './validate-search.js';

export interface SearcherOptions
  extends Pick<RunServiceOptions, 'database' | 'bus' | 'host' | 'port' | 'logger' | 'workers' | 'leaseMs'> {
  /** `host:port` of the registry, asked whether results are still stored. */
  readonly registry: string;
  /** Where data sets are looked for. */
  readonly data?: LocateOptions;
}

/** The program of a search worker. */
export const searchWorker = new URL('../dist/worker.js', import.meta.url);

/** Starts the searcher. */
export async function startSearcher({ data, registry, ...options }: SearcherOptions): Promise<RunningServer> {
  const client = connect(RegistryServiceClient, registry);
  const server = await startRunService({
    ...options,
    name: 'searcher',
    kind: 'search',
    validate: (spec) => validateSearch(spec, data),
    isWhole: ({ history, checkpoint, assessment }) =>
      areStored(client, [
        history,
        checkpoint,
        (assessment as { readonly accuracies?: unknown } | undefined)?.accuracies,
      ]),
    isStored: (digest) => areStored(client, [digest]),
    async resultFaults(result, spec) {
      await loadSpaceModule(spec.space);
      return searchResultFaults(result, spec);
    },
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
  return {
    ...server,
    async shutdown(graceMs) {
      await server.shutdown(graceMs);
      client.close();
    },
  };
}
