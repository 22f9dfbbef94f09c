import { extname } from 'node:path';
import type {
  EvaluatorServiceService,
  RegistryServiceService,
  ResultFile,
  TableTaskResponse,
} from '@oneshot/contracts';
import type { ReportFile, TableTask } from '@oneshot/evaluation';
import { areStored, storeArtifact } from '@oneshot/jobs';
import { canonicalDigest } from '@oneshot/nas';
import type { Handlers, ServiceClient, WorkThreads } from '@oneshot/service-kit';
import { softwareVersions } from '../report/software-versions.js';
import { TableReader, type TableRequest } from './read-request.js';
import type { ResultStore } from './result-store.js';
import { SharedWork } from './shared-work.js';
import type { TableWork } from './table-work.js';

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

/** The program of the threads that tables are worked on in. */
export const tableThread = new URL('../../dist/tables/table-thread.js', import.meta.url);

/** What the methods for tables work with. */
export interface TableParts {
  readonly store: ResultStore;
  readonly registry: Registry;
  /** Of the program `tableThread`. */
  readonly threads: WorkThreads;
}

/**
 * The methods that make something of tables. Requests for what is just being made wait for it
 * instead of making it twice.
 */
export function tableHandlers({ store, registry, threads }: TableParts): TableHandlers {
  const software = softwareVersions();
  const reader = new TableReader();
  const work = new SharedWork<readonly ResultFile[]>();

  const handler =
    (kind: TableTask['kind']): TableHandlers['rankTable'] =>
    (parts, { signal }) =>
      reader.read(kind, parts, (request) => answer(request, signal));

  async function answer(request: TableRequest, signal: AbortSignal): Promise<TableTaskResponse> {
    const inputDigest = digestOf(request, software);
    const known = await store.find(inputDigest);
    if (known !== undefined && (await areWhole(known))) {
      return { inputDigest, files: [...known], cached: true };
    }
    const files = await work.of(inputDigest, signal, (wanted) => make(request, inputDigest, wanted));
    return { inputDigest, files: [...files], cached: false };
  }

  const areWhole = (files: readonly ResultFile[]) =>
    areStored(
      registry,
      files.map(({ artifact }) => artifact),
    );

  async function make(
    { task, tables }: TableRequest,
    inputDigest: string,
    signal: AbortSignal,
  ): Promise<readonly ResultFile[]> {
    const files: ResultFile[] = [];
    const input: TableWork = {
      task,
      tables: tables.map(({ name, role, chunks }) => ({ name, role, chunks })),
      software,
    };
    const buffers = tables.flatMap(({ chunks }) => chunks.map(({ buffer }) => buffer));
    for await (const file of threads.run(input, signal, buffers)) {
      // What the thread's program yields.
      const { name, bytes } = file as ReportFile;
      const mediaType = mediaTypes[extname(name)] ?? 'application/octet-stream';
      files.push({ name, artifact: await storeArtifact(registry, bytes, mediaType), mediaType, size: bytes.length });
    }
    await store.keep(inputDigest, files);
    return files;
  }

  return { rankTable: handler('rank'), compareTables: handler('compare'), plotTable: handler('plot') };
}

/** Another version may draw otherwise, so that what made a result belongs to its name. */
function digestOf({ task, tables }: TableRequest, software: string): string {
  const contents = tables.map(({ name, role, digest }) => ({ name, role, text: digest }));
  return canonicalDigest({ task, tables: contents, software });
}
