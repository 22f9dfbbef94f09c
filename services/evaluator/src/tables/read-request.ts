import { createHash, type Hash } from 'node:crypto';
import { TableRole, type TableTaskRequest } from '@oneshot/contracts';
import type { TableInput, TableTask } from '@oneshot/evaluation';
import { Code, type FieldFault, invalidArgument, ServiceError } from '@oneshot/service-kit';
import { parseTask } from './task-schema.js';

const mostTables = 100;
const mostBytes = 256 * 1024 * 1024;
const mostBytesAtOnce = 1024 * 1024 * 1024;

/** A table as it arrived, each piece with a buffer of its own. */
export interface ReceivedTable extends TableInput {
  readonly chunks: readonly Uint8Array<ArrayBuffer>[];
  /** sha256 of its bytes (hex). */
  readonly digest: string;
}

/** What was asked for. */
export interface TableRequest {
  readonly task: TableTask;
  readonly tables: readonly ReceivedTable[];
}

interface PartialTable extends Pick<TableInput, 'name' | 'role'> {
  readonly chunks: Uint8Array<ArrayBuffer>[];
  readonly hash: Hash;
}

/** Reads requests, all of which together may hold so many bytes at one time. */
export class TableReader {
  #bytes = 0;

  /**
   * Reads the parts of a request, a task and then tables, and gives it to `use`. INVALID_ARGUMENT
   * for parts out of order, too many tables and too many bytes.
   */
  async read<Result>(
    kind: TableTask['kind'],
    parts: AsyncIterable<TableTaskRequest>,
    use: (request: TableRequest) => Promise<Result>,
  ): Promise<Result> {
    let held = 0;
    const take = (bytes: number): void => {
      held += bytes;
      this.#bytes += bytes;
      if (held > mostBytes) throw refused('chunk', `more than ${mostBytes} bytes`, `at most ${mostBytes} in all`);
      if (this.#bytes > mostBytesAtOnce) throw full();
    };
    try {
      return await use(await readParts(kind, parts, take));
    } finally {
      this.#bytes -= held;
    }
  }
}

async function readParts(
  kind: TableTask['kind'],
  parts: AsyncIterable<TableTaskRequest>,
  take: (bytes: number) => void,
): Promise<TableRequest> {
  let task: TableTask | undefined;
  const tables: PartialTable[] = [];
  for await (const { part } of parts) {
    const table = tables.at(-1);
    if (part?.$case === 'task' && task === undefined) {
      task = parseTask(kind, part.value);
    } else if (part?.$case === 'table' && task !== undefined) {
      if (tables.length === mostTables) throw refused('table', `more than ${mostTables}`, `at most ${mostTables}`);
      const role = part.value.role === TableRole.TABLE_ROLE_CURVES ? 'curves' : 'scores';
      const name = part.value.name || `table ${tables.length + 1}`;
      tables.push({ name, role, chunks: [], hash: createHash('sha256') });
    } else if (part?.$case === 'chunk' && table !== undefined) {
      take(part.value.length);
      table.hash.update(part.value);
      // A buffer of its own can be handed to another thread.
      table.chunks.push(new Uint8Array(part.value));
    } else {
      throw refused('part', part?.$case ?? 'nothing', 'a task first, then for each table its header and its chunks');
    }
  }
  if (task === undefined) throw refused('task', 'nothing', 'a task as the first message');
  return { task, tables: tables.map(({ hash, ...table }) => ({ ...table, digest: hash.digest('hex') })) };
}

function refused(path: string, found: string, allowed: string): ServiceError {
  const fault: FieldFault = { path, found, allowed, message: `found ${found}, allowed: ${allowed}` };
  return invalidArgument([fault], 'INVALID_TABLE');
}

function full(): ServiceError {
  const message = `Requests with more than ${mostBytesAtOnce} bytes of tables are being worked on; try again later.`;
  return new ServiceError({ code: Code.RESOURCE_EXHAUSTED, reason: 'TOO_MANY_REQUESTS', message });
}
