import { TableRole, type TableTaskRequest } from '@oneshot/contracts';
import type { TableInput, TableTask } from '@oneshot/evaluation';
import { readArtifact } from '@oneshot/jobs';
import { refuseForeignNames } from '../files/foreign-names.js';
import type { ServiceOptions } from '../input/common-options.js';
import type { Services } from '../session/services.js';
import { withSession } from '../session/with-session.js';
import type { ResultFile } from './table-work.js';

const chunkBytes = 512 * 1024;
// Large tables take their time to travel and to be worked on; the evaluator bounds the work itself.
const deadlineMs = 30 * 60_000;

/** Has the evaluator make the files of a task; their bytes come from the registry. */
export async function runRemotely<Result>(
  task: TableTask,
  tables: readonly TableInput[],
  options: ServiceOptions,
  use: (files: readonly ResultFile[]) => Promise<Result>,
): Promise<Result> {
  const onInterrupted = () => 'What was asked for may be finished; the same command then answers at once.';
  return withSession(options, { involvement: 'look', onInterrupted }, async ({ services }, signal) => {
    const { files } = await call(services, task, tables, signal);
    refuseForeignNames(files.map(({ name }) => name));
    return use(
      files.map(({ name, artifact }) => ({ name, read: () => readArtifact(services.registry, artifact, { signal }) })),
    );
  });
}

function call({ evaluator }: Services, task: TableTask, tables: readonly TableInput[], signal: AbortSignal) {
  const parts = requestParts(task, tables);
  const how = { signal, deadlineMs };
  switch (task.kind) {
    case 'rank':
      return evaluator.rankTable(parts, how);
    case 'compare':
      return evaluator.compareTables(parts, how);
    case 'plot':
      return evaluator.plotTable(parts, how);
  }
}

function* requestParts(task: TableTask, tables: readonly TableInput[]): Iterable<TableTaskRequest> {
  yield { part: { $case: 'task', value: { ...task } } };
  for (const { name, role, chunks } of tables) {
    const value = { name, role: role === 'scores' ? TableRole.TABLE_ROLE_SCORES : TableRole.TABLE_ROLE_CURVES };
    yield { part: { $case: 'table', value } };
    for (const bytes of chunks) {
      for (let start = 0; start < bytes.length; start += chunkBytes) {
        yield { part: { $case: 'chunk', value: Buffer.from(bytes.subarray(start, start + chunkBytes)) } };
      }
    }
  }
}
