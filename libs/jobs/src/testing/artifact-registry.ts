import { RegistryServiceService } from '@oneshot/contracts';
import { type Handlers, type Logger, notFound, type RunningServer, serve, startServer } from '@oneshot/service-kit';
import { openArtifactStore } from '@oneshot/storage';
import { storageErrorForClients } from '../service/translate-storage-error.js';

const otherMethod = async (): Promise<never> => {
  throw notFound('method', 'in this registry');
};

/**
 * A registry that knows artifacts only, over a real store: what workers need to hand checkpoints
 * over.
 */
export async function startArtifactRegistry(directory: string, logger: Logger, port = 0): Promise<RunningServer> {
  const artifacts = await openArtifactStore({ driver: 'files', directory });
  /** Checkpoints and the runs that need them: "digest run". */
  const needs = new Set<string>();
  const mediaType = 'application/octet-stream';
  const handlers: Handlers<typeof RegistryServiceService> = {
    async putArtifact(requests) {
      const parts = requests[Symbol.asyncIterator]();
      const first = await parts.next();
      const { part } = first.value;
      if (part?.$case !== 'header') throw new Error('no header');
      const { digest, size } = part.value;
      const chunks = async function* () {
        for (let next = await parts.next(); !next.done; next = await parts.next()) {
          if (next.value.part?.$case === 'chunk') yield next.value.part.value;
        }
      };
      const { created } = await artifacts.put(chunks(), { digest, size });
      return { artifact: { digest, size, mediaType }, created };
    },
    async *getArtifact({ digest, offset }) {
      for await (const chunk of artifacts.read(digest, offset)) {
        yield { part: { $case: 'chunk', value: Buffer.from(chunk) } };
      }
    },
    async statArtifact({ digest }) {
      const stored = await artifacts.verify(digest);
      if (!stored) throw notFound('artifact', digest);
      return { artifact: { ...stored, mediaType } };
    },
    async recordLineage({ edges }) {
      for (const { from, to } of edges) needs.add(`${from} ${to}`);
      return {};
    },
    async releaseCheckpoint({ digest, runId }) {
      needs.delete(`${digest} ${runId}`);
      const needed = [...needs].some((need) => need.startsWith(digest));
      return { deleted: needed ? false : await artifacts.delete(digest) };
    },
    cleanArtifacts: otherMethod,
    registerGenotype: otherMethod,
    getGenotype: otherMethod,
    listGenotypes: otherMethod,
    registerModel: otherMethod,
    getModel: otherMethod,
    listModels: otherMethod,
    recordMetrics: otherMethod,
    queryMetrics: otherMethod,
    recordScores: otherMethod,
    listScores: otherMethod,
    getLineage: otherMethod,
  };
  return startServer({
    name: 'registry',
    port,
    logger,
    services: [serve(RegistryServiceService, handlers)],
    translateError: storageErrorForClients,
  });
}
