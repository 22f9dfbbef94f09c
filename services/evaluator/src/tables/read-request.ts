import { TableRole, type TableTaskRequest } from '@oneshot/contracts';
import type { TableInput, TableTask } from '@oneshot/evaluation';
import { type FieldFault, invalidArgument } from '@oneshot/service-kit';
import { parseTask } from './task-schema.js';

const mostBytes = 256 * 1024 * 1024;

/** What was asked for. */
export interface TableRequest {
  readonly task: TableTask;
  readonly tables: readonly TableInput[];
}

/** Reads the parts of a request: a task, then tables. INVALID_ARGUMENT for parts out of order and too many bytes. */
export async function readRequest(
  kind: TableTask['kind'],
  parts: AsyncIterable<TableTaskRequest>,
): Promise<TableRequest> {
  let task: TableTask | undefined;
  let bytes = 0;
  const tables: { name: string; role: TableInput['role']; chunks: Uint8Array[] }[] = [];
  for await (const { part } of parts) {
    if (part?.$case === 'task' && task === undefined) {
      task = parseTask(kind, part.value);
    } else if (part?.$case === 'table' && task !== undefined) {
      const role = part.value.role === TableRole.TABLE_ROLE_CURVES ? 'curves' : 'scores';
      tables.push({ name: part.value.name || `table ${tables.length + 1}`, role, chunks: [] });
    } else if (part?.$case === 'chunk' && tables.length > 0) {
      bytes += part.value.length;
      if (bytes > mostBytes)
        throw refused('chunk', `more than ${mostBytes} bytes`, `at most ${mostBytes} bytes in all`);
      tables.at(-1)?.chunks.push(part.value);
    } else {
      throw refused('part', part?.$case ?? 'nothing', 'a task first, then for each table its header and its chunks');
    }
  }
  if (task === undefined) throw refused('task', 'nothing', 'a task as the first message');
  return { task, tables };
}

function refused(path: string, found: string, allowed: string) {
  const fault: FieldFault = { path, found, allowed, message: `found ${found}, allowed: ${allowed}` };
  return invalidArgument([fault], 'INVALID_TABLE');
}
