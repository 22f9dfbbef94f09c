import { RegistryServiceClient, TrainerServiceService } from '@oneshot/contracts';
import type { LocateOptions } from '@oneshot/data';
import { areStored, type RunServiceOptions, startRunService } from '@oneshot/jobs';
import { Code, connect, type RunningServer, ServiceError, serve } from '@oneshot/service-kit';
import { trainingResultFaults } from './result-faults.js';
import { validateTraining } from './validate-training.js';

export interface TrainerOptions
  extends Pick<RunServiceOptions, 'database' | 'bus' | 'host' | 'port' | 'logger' | 'workers' | 'leaseMs'> {
  /**
   * `host:port` of the registry, asked for genotypes that are given by id, and whether results are
   * still stored.
   */
  readonly registry: string;
  /** Where data sets are looked for. */
  readonly data?: LocateOptions;
}

/** The program of a training worker. */
export const trainingWorker = new URL('../dist/worker.js', import.meta.url);

/** Starts the trainer. */
export async function startTrainer({ data, registry, ...options }: TrainerOptions): Promise<RunningServer> {
  const client = connect(RegistryServiceClient, registry);
  const find = async (id: string) => {
    try {
      return (await client.getGenotype({ id })).genotype;
    } catch (error) {
      if (error instanceof ServiceError && error.code === Code.NOT_FOUND) return undefined;
      throw error;
    }
  };
  const server = await startRunService({
    ...options,
    name: 'trainer',
    kind: 'training',
    validate: (spec) => validateTraining(spec, { find, data }),
    isWhole: ({ onnx, history, checkpoint }) => areStored(client, [onnx, history, checkpoint]),
    isStored: (digest) => areStored(client, [digest]),
    resultFaults: trainingResultFaults,
    services: ({ submit, get, list, watch, cancel }) => [
      serve(TrainerServiceService, {
        submitTraining: submit,
        getTraining: get,
        listTrainings: list,
        watchTraining: watch,
        cancelTraining: cancel,
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
