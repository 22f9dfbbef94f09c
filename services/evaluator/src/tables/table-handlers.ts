import { createHash } from 'node:crypto';
import { extname } from 'node:path';
import type {
  EvaluatorServiceService,
  RegistryServiceService,
  ResultFile,
  TableTaskRequest,
  TableTaskResponse,
} from '@oneshot/contracts';
import { faultPath, InputError, MemoryError, runTableTask, type TableTask } from '@oneshot/evaluation';
import { storeArtifact } from '@oneshot/jobs';
import { canonicalDigest } from '@oneshot/nas';
import { Code, type Handlers, invalidArgument, type ServiceClient, ServiceError } from '@oneshot/service-kit';
import { softwareVersions } from '../report/software-versions.js';
import { readRequest, type TableRequest } from './read-request.js';
import type { ResultStore } from './result-store.js';

type Registry = ServiceClient<typeof RegistryServiceService>;
type TableHandlers = Pick<Handlers<typeof EvaluatorServiceService>, 'rankTable' | 'compareTables' | 'plotTable'>;

const mediaTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.md': 'text/markdown',
  '.tex': 'application/x-tex',
  '.json': 'application/json',
  '.csv': 'text/csv',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.pdf': 'application/pdf',
};

/** The methods that make something of tables. Requests for what is just being made wait for it instead of making it twice. */
export function tableHandlers(store: ResultStore, registry: Registry): TableHandlers {
  const software = softwareVersions();
  const underWay = new Map<string, Promise<readonly ResultFile[]>>();

  async function answer(kind: TableTask['kind'], parts: AsyncIterable<TableTaskRequest>): Promise<TableTaskResponse> {
    const request = await readRequest(kind, parts);
    const inputDigest = digestOf(request, software);
    const known = await store.find(inputDigest);
    if (known !== undefined && (await allStored(known, registry)))
      return { inputDigest, files: [...known], cached: true };
    const running = underWay.get(inputDigest) ?? make(request, inputDigest);
    underWay.set(inputDigest, running);
    try {
      return { inputDigest, files: [...(await running)], cached: false };
    } finally {
      underWay.delete(inputDigest);
    }
  }

  async function make({ task, tables }: TableRequest, inputDigest: string): Promise<readonly ResultFile[]> {
    const files: ResultFile[] = [];
    try {
      for await (const { name, bytes } of runTableTask(task, tables, software)) {
        const mediaType = mediaTypes[extname(name)] ?? 'application/octet-stream';
        files.push({ name, artifact: await storeArtifact(registry, bytes, mediaType), mediaType, size: bytes.length });
      }
    } catch (error) {
      if (error instanceof MemoryError) {
        throw new ServiceError({ code: Code.RESOURCE_EXHAUSTED, reason: 'OUT_OF_MEMORY', message: error.message });
      }
      throw error instanceof InputError ? refusal(error) : error;
    }
    await store.keep(inputDigest, files);
    return files;
  }

  return {
    rankTable: (parts) => answer('rank', parts),
    compareTables: (parts) => answer('compare', parts),
    plotTable: (parts) => answer('plot', parts),
  };
}

/** Another version may draw otherwise, so that what made a result belongs to its name. */
function digestOf({ task, tables }: TableRequest, software: string): string {
  const contents = tables.map(({ name, role, chunks }) => {
    const hash = createHash('sha256');
    for (const chunk of chunks) hash.update(chunk);
    return { name, role, text: hash.digest('hex') };
  });
  return canonicalDigest({ task, tables: contents, software });
}

/** Whether the registry still has every file of a result. */
async function allStored(files: readonly ResultFile[], registry: Registry): Promise<boolean> {
  try {
    await Promise.all(files.map(({ artifact }) => registry.statArtifact({ digest: artifact })));
    return true;
  } catch (error) {
    if (error instanceof ServiceError && error.code === Code.NOT_FOUND) return false;
    throw error;
  }
}

function refusal(error: InputError): ServiceError {
  const faults = error.faults.map((fault) => {
    const { found, allowed } = fault;
    return { path: faultPath(fault), found, allowed, message: `found ${found}, allowed: ${allowed}` };
  });
  return invalidArgument(faults, 'INVALID_TABLE');
}
