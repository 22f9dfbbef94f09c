import { EvaluatorServiceService, RegistryServiceClient } from '@oneshot/contracts';
import type { LocateOptions } from '@oneshot/data';
import { areStored, type RunServiceOptions, startRunService } from '@oneshot/jobs';
import { connect, type RunningServer, serve, WorkThreads, type WorkThreadsOptions } from '@oneshot/service-kit';
import { rank } from './rank.js';
import { partsOf } from './report/report-input.js';
import { ReportThreads } from './report/report-thread.js';
import { evaluationResultFaults } from './result-faults.js';
import { openResultStore } from './tables/result-store.js';
import { tableHandlers, tableThread } from './tables/table-handlers.js';
import { isLookup, validateLookup } from './tabular/lookup-spec.js';
import { validateEvaluation } from './validate-evaluation.js';

export interface EvaluatorOptions
  extends Pick<RunServiceOptions, 'database' | 'bus' | 'host' | 'port' | 'logger' | 'workers' | 'leaseMs'> {
  /** `host:port` of the registry: histories are read from it, reports stored there. */
  readonly registry: string;
  /** Where data sets are looked for. */
  readonly data?: LocateOptions;
  /** Bounds of the work on tables. */
  readonly tableWork?: Omit<WorkThreadsOptions, 'program'>;
}

/** The program of an evaluation worker. */
export const evaluationWorker = new URL('../dist/worker.js', import.meta.url);

/** Starts the evaluator. */
export async function startEvaluator({
  data,
  registry,
  tableWork,
  ...options
}: EvaluatorOptions): Promise<RunningServer> {
  const client = connect(RegistryServiceClient, registry);
  const reports = new ReportThreads(registry);
  const results = await openResultStore(options.database);
  const threads = new WorkThreads({ program: tableThread, ...tableWork });
  const server = await startServing().catch(async (error: unknown) => {
    await results.close();
    client.close();
    throw error;
  });
  return {
    ...server,
    async shutdown(graceMs) {
      await server.shutdown(graceMs);
      await threads.close();
      await results.close();
      client.close();
    },
  };

  function startServing() {
    return startRunService({
      ...options,
      name: 'evaluator',
      kind: 'evaluation',
      validate: (spec) => (isLookup(spec) ? validateLookup(spec, data) : validateEvaluation(spec, client, data)),
      isStored: (digest) => areStored(client, [digest]),
      resultFaults: evaluationResultFaults,
      services: ({ submit, get, list, watch, cancel }) => [
        serve(EvaluatorServiceService, {
          submitEvaluation: submit,
          getEvaluation: get,
          listEvaluations: list,
          watchEvaluation: watch,
          cancelEvaluation: cancel,
          rank: async ({ scores }) => rank(scores),
          buildReport: ({ campaign }, { signal }) => reports.build(inTurn(partsOf(campaign)), signal),
          buildCampaignReport: (parts, { signal }) => reports.build(parts, signal),
          ...tableHandlers({ store: results, registry: client, threads }),
        }),
      ],
    });
  }
}

async function* inTurn<Item>(items: Iterable<Item>): AsyncIterable<Item> {
  yield* items;
}
