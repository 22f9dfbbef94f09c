import type { JsonObject, RunChange, RunRecord } from './run-record.js';
import type { RunRow, RunUpdateRow } from './tables.js';

type Snapshot = Omit<RunRecord, 'spec' | 'id' | 'createdAt' | 'sequence'>;

/** What is told of a run briefly; a run as told has `spec`, `progress` and `result` besides. */
export const briefColumns = [
  'id',
  'state',
  'failure_reason',
  'failure_message',
  'attempt',
  'created_at',
  'updated_at',
  'sequence',
] as const;

/** The columns of a row that are told. */
export type ToldRow = Pick<RunRow, (typeof briefColumns)[number] | 'spec' | 'progress' | 'result'>;

/** The run a row holds. */
export function recordFromRow(row: ToldRow): RunRecord {
  return {
    id: row.id,
    spec: JSON.parse(row.spec) as JsonObject,
    state: row.state,
    progress: row.progress === null ? undefined : (JSON.parse(row.progress) as RunRecord['progress']),
    result: row.result === null ? undefined : (JSON.parse(row.result) as JsonObject),
    failure:
      row.failure_reason === null ? undefined : { reason: row.failure_reason, message: row.failure_message ?? '' },
    attempt: row.attempt,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    sequence: row.sequence,
  };
}

/** What history keeps of a run: all but what never changes. */
export function snapshotOf(row: RunRow): string {
  const { spec: _spec, id: _id, createdAt: _createdAt, sequence: _sequence, ...snapshot } = recordFromRow(row);
  return JSON.stringify(snapshot);
}

/** A change as history keeps it, completed by what never changes. */
export function changeFromRow(update: RunUpdateRow, run: Pick<RunRecord, 'id' | 'spec' | 'createdAt'>): RunChange {
  const kept = JSON.parse(update.snapshot) as Partial<Snapshot> & Pick<Snapshot, 'state' | 'attempt' | 'updatedAt'>;
  return {
    firstSequence: update.first_sequence,
    sequence: update.sequence,
    run: {
      id: run.id,
      spec: run.spec,
      createdAt: run.createdAt,
      sequence: update.sequence,
      state: kept.state,
      attempt: kept.attempt,
      updatedAt: kept.updatedAt,
      progress: kept.progress,
      result: kept.result,
      failure: kept.failure,
    },
  };
}
