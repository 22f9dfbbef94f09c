import { decodePageToken, fillPage } from '@oneshot/service-kit';
import type { Transaction } from 'kysely';
import { ChangeSignal } from './change-signal.js';
import { nextPosition } from './queue-position.js';
import { checkRequester, leaveRun, noteRequester, person } from './requesters.js';
import { hasEnded, type JsonObject, type RunRecord } from './run-record.js';
import { briefColumns, recordFromRow, type ToldRow } from './run-row.js';
import type {
  OwnChange,
  RunQuery,
  RunStore,
  RunStoreOptions,
  SubmitOptions,
  SubmitOutcome,
} from './run-store-types.js';
import type { RunRow, RunTables } from './tables.js';
import { watchRun } from './watch-run.js';
import { changeRun, insertRun, type RunColumns, type RunFact } from './write-run.js';

interface Change {
  readonly columns: RunColumns;
  readonly fact: RunFact | undefined;
}

/** The runs of one kind in a database whose tables `migrateEvents` and `migrateRuns` made. */
export function createRunStore(options: RunStoreOptions): RunStore {
  const { database, kind } = options;
  const signal = new ChangeSignal();

  const find = (queries: typeof database.queries, id: string) =>
    queries.selectFrom('runs').selectAll().where('kind', '=', kind).where('id', '=', id).executeTakeFirst();

  /** Changes a run in a transaction; `decide` returns undefined to leave it as it is. */
  async function alter(
    id: string,
    decide: (row: RunRow, transaction: Transaction<RunTables>) => Change | undefined | Promise<Change | undefined>,
  ): Promise<RunRecord | undefined> {
    let changed = false;
    const row = await database.transaction(async (transaction) => {
      const found = await find(transaction, id);
      const change = found && (await decide(found, transaction));
      if (!change) return found;
      changed = true;
      return changeRun(transaction, found, change.columns, change.fact);
    });
    if (changed) signal.emit(id);
    return row && recordFromRow(row);
  }

  async function submit(
    id: string,
    spec: JsonObject,
    retry = false,
    { requester = person, onQueued }: SubmitOptions = {},
  ): Promise<SubmitOutcome> {
    checkRequester(requester);
    const { row, created, changed } = await database.transaction(async (transaction) => {
      const found = await find(transaction, id);
      if (!found) {
        const row = await insertRun(transaction, newRow(kind, id, spec, await nextPosition(transaction, kind)));
        await noteRequester(transaction, id, requester);
        await onQueued?.(transaction, false);
        return { row, created: true, changed: true };
      }
      if (!hasEnded(found.state)) await noteRequester(transaction, id, requester);
      if (!retry || (found.state !== 'FAILED' && found.state !== 'CANCELLED')) {
        return { row: found, created: false, changed: false };
      }
      const queued = { state: 'QUEUED' as const, queue_position: await nextPosition(transaction, kind) };
      const row = await changeRun(transaction, found, { ...queued, failures: 0, losses: 0, fallbacks: 0 }, 'retried');
      await noteRequester(transaction, id, requester);
      await onQueued?.(transaction, true);
      return { row, created: false, changed: true };
    });
    if (changed) signal.emit(id);
    return { run: recordFromRow(row), created };
  }

  /** The rows of a list behind a position, newest first. */
  async function readRows(
    { states = [], ids, brief = false }: Omit<RunQuery, 'pageSize' | 'pageToken'>,
    after: readonly [createdAt: number, id: string] | undefined,
    limit: number,
  ): Promise<ToldRow[]> {
    let query = database.queries.selectFrom('runs').select(briefColumns).where('kind', '=', kind);
    if (states.length > 0) query = query.where('state', 'in', [...states]);
    if (ids !== undefined) query = query.where('id', 'in', [...ids]);
    if (after) {
      const [createdAt, id] = after;
      query = query.where((where) =>
        where.or([
          where('created_at', '<', createdAt),
          where.and([where('created_at', '=', createdAt), where('id', '>', id)]),
        ]),
      );
    }
    const ordered = query.orderBy('created_at', 'desc').orderBy('id').limit(limit);
    if (!brief) return ordered.select(['spec', 'progress', 'result']).execute();
    const rows = await ordered.execute();
    return rows.map((row) => ({ ...row, spec: '{}', progress: null, result: null }));
  }

  return {
    kind,
    submit,
    redo: (id) =>
      alter(id, async (row, transaction) => {
        if (row.state !== 'SUCCEEDED') return undefined;
        const queued = {
          state: 'QUEUED' as const,
          queue_position: await nextPosition(transaction, kind),
          result: null,
        };
        return { columns: { ...queued, failures: 0, losses: 0, fallbacks: 0 }, fact: 'retried' };
      }),
    async get(id) {
      const row = await find(database.queries, id);
      return row && recordFromRow(row);
    },
    async list({ pageSize, pageToken, ...query }) {
      const begin = decodePageToken(pageToken ?? '', ['number', 'string'] as const);
      const { page, nextPageToken } = await fillPage<ToldRow>(pageSize, {
        read: (last, limit) => readRows(query, last === undefined ? begin : [last.created_at, last.id], limit),
        rowsAtOnce: query.brief === true ? pageSize + 1 : 50,
        bytesOf: ({ spec, result, progress }) => spec.length + (result?.length ?? 0) + (progress?.length ?? 0) + 256,
        positionOf: (last) => [last.created_at, last.id],
      });
      return { runs: page.map(recordFromRow), nextPageToken: nextPageToken || undefined };
    },
    watch: (id, afterSequence, abort) =>
      watchRun(database, (listener) => signal.subscribe(listener), id, afterSequence, abort),
    cancel: (id, requester) =>
      alter(id, async (row, transaction) => {
        if (hasEnded(row.state)) return undefined;
        if (requester !== undefined && (await leaveRun(transaction, id, requester))) return undefined;
        return { columns: { state: 'CANCELLED' }, fact: 'cancelled' };
      }),
    change: (id, change, attempt) =>
      alter(id, (row) => {
        const another = attempt !== undefined && (row.state !== 'RUNNING' || row.attempt !== attempt);
        return hasEnded(row.state) || another ? undefined : ownColumns(row, change);
      }),
    onChange: (listener) => signal.subscribe(listener),
    announce: (id) => signal.emit(id),
  };
}

function newRow(kind: string, id: string, spec: JsonObject, position: number): RunRow {
  const now = Date.now();
  return {
    id,
    kind,
    state: 'QUEUED',
    spec: JSON.stringify(spec),
    progress: null,
    result: null,
    failure_reason: null,
    failure_message: null,
    attempt: 0,
    sequence: 1,
    created_at: now,
    updated_at: now,
    fence: 0,
    lease_token: null,
    worker_id: null,
    queue_position: position,
    checkpoint: null,
    checkpoint_before: null,
    fallbacks: 0,
    failures: 0,
    losses: 0,
  };
}

function ownColumns(row: RunRow, change: OwnChange): Change | undefined {
  if ('progress' in change) return { columns: { progress: JSON.stringify(change.progress) }, fact: undefined };
  switch (change.state) {
    case 'RUNNING':
      return row.state === 'RUNNING'
        ? undefined
        : { columns: { state: 'RUNNING', attempt: row.attempt + 1 }, fact: 'started' };
    case 'SUCCEEDED':
      return {
        columns: {
          state: 'SUCCEEDED',
          result: JSON.stringify(change.result),
          failure_reason: null,
          failure_message: null,
        },
        fact: 'completed',
      };
    case 'FAILED':
      return {
        columns: {
          state: 'FAILED',
          failure_reason: change.failure.reason,
          failure_message: change.failure.message,
        },
        fact: 'failed',
      };
  }
}
