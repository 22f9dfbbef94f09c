import { Run } from '@oneshot/contracts';
import type { Kysely } from 'kysely';
import type { Course } from '../reconcile/member-state.js';
import { hasEnded, type MemberState, mapRuns, runsByKind, stageOf } from '../reconcile/member-state.js';
import { stepsOf } from '../reconcile/plan.js';
import type { CoordinatorTables, MemberRow } from './tables.js';

/** A member without runs. */
export interface NewMember {
  /** Hyperparameter sets of its retraining. */
  readonly sets: number;
  readonly course: Course;
}

/** A member as it was read. */
export interface StoredMember extends MemberState {
  /** Of the campaign's history when the member last changed. */
  readonly revision: number;
}

/** How many rows one statement inserts; beyond a few hundred nothing is gained. */
const rowsAtOnce = 200;

/** Inserts the members of a new campaign; they take the numbers of its history from 2 on. */
export async function insertMembers(
  tables: Kysely<CoordinatorTables>,
  campaignId: string,
  members: readonly NewMember[],
): Promise<void> {
  const rows = members.map(({ sets, course }, position): MemberRow => {
    const none = JSON.stringify(Array.from({ length: sets }, () => null));
    const runs = { search: null, trainings: none, evaluations: none };
    return { campaign_id: campaignId, position, stage: 'search', due: 1, course, ...runs, sequence: 2 + position };
  });
  for (let begin = 0; begin < rows.length; begin += rowsAtOnce) {
    await tables
      .insertInto('campaign_members')
      .values(rows.slice(begin, begin + rowsAtOnce))
      .execute();
  }
}

/** Writes a member, with what follows from its runs. */
export async function writeMember(
  tables: Kysely<CoordinatorTables>,
  campaignId: string,
  member: MemberState,
  sequence: number,
): Promise<void> {
  const json = (run: Run | undefined) => (run === undefined ? null : Run.toJSON(run));
  const position = member.index;
  await tables
    .updateTable('campaign_members')
    .set({
      stage: stageOf(member),
      due: stepsOf(member).length > 0 ? 1 : 0,
      course: member.course,
      search: member.search === undefined ? null : JSON.stringify(Run.toJSON(member.search)),
      trainings: JSON.stringify(member.trainings.map(json)),
      evaluations: JSON.stringify(member.evaluations.map(json)),
      sequence,
    })
    .where('campaign_id', '=', campaignId)
    .where('position', '=', position)
    .execute();
  const before = tables.deleteFrom('unfinished_runs').where('campaign_id', '=', campaignId);
  await before.where('position', '=', position).execute();
  const unfinished = runsByKind(member).filter(({ run }) => !hasEnded(run));
  if (unfinished.length === 0) return;
  await tables
    .insertInto('unfinished_runs')
    .values(
      unfinished.map(({ kind, run }) => {
        return { campaign_id: campaignId, position, kind, run_id: run.id, sequence: run.sequence };
      }),
    )
    // Equal sets of hyperparameters are one run.
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

export function readMember(row: MemberRow): StoredMember {
  const list = (text: string) =>
    (JSON.parse(text) as unknown[]).map((run) => (run === null ? undefined : Run.fromJSON(run)));
  return {
    index: row.position,
    course: row.course,
    search: row.search === null ? undefined : Run.fromJSON(JSON.parse(row.search)),
    trainings: list(row.trainings),
    evaluations: list(row.evaluations),
    revision: Number(row.sequence),
  };
}

/** The member as if none of its runs had been submitted. */
export function withoutRuns(member: MemberState): MemberState {
  return mapRuns(member, () => undefined);
}
