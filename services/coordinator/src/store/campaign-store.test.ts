import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Run, RunState } from '@oneshot/contracts';
import { migrateEvents } from '@oneshot/events';
import { createRunStore, migrateRuns, type RunStore } from '@oneshot/jobs';
import { type Database, openDatabase } from '@oneshot/storage';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createCampaignStore } from './campaign-store.js';
import type { CampaignStore } from './campaign-store-types.js';
import type { NewMember, StoredMember } from './member-rows.js';
import { migrateCampaigns } from './migrations.js';
import type { CoordinatorTables } from './tables.js';

const id = 'campaign';
const failure = { reason: 'MEMBERS_FAILED', message: '' };

let directory: string;
let database: Database<CoordinatorTables>;
let runs: RunStore;
let campaigns: CampaignStore;

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'oneshot-campaigns-'));
  database = await openDatabase<CoordinatorTables>({ driver: 'sqlite', path: join(directory, 'coordinator.sqlite') });
  await migrateEvents(database);
  await migrateRuns(database);
  await migrateCampaigns(database);
  runs = createRunStore({ database, kind: 'campaign' });
  campaigns = createCampaignStore(database);
  await submit(false);
});
afterEach(async () => {
  await database.close();
  rmSync(directory, { recursive: true, force: true });
});

function submit(retry: boolean) {
  const members: NewMember[] = Array.from({ length: 3 }, () => ({ sets: 1, course: 'retrain' }));
  return runs.submit(id, {}, retry, {
    onQueued: (tables, again) =>
      again ? campaigns.reopen(tables, id, members) : campaigns.create(tables, id, members),
  });
}

/** Stores members whose three runs ended so. */
async function end(evaluations: readonly RunState[]): Promise<void> {
  const run = (name: string, state: RunState) => Run.fromPartial({ id: name, state });
  const members = await campaigns.members(id, 0, 10);
  const ended = evaluations.map((state, index): StoredMember => {
    const { course, revision } = members[index] ?? expect.fail('no member');
    return {
      ...{ index, course, revision, search: run(`search ${index}`, RunState.RUN_STATE_SUCCEEDED) },
      trainings: [run(`training ${index}`, RunState.RUN_STATE_SUCCEEDED)],
      evaluations: [run(`evaluation ${index}`, state)],
    };
  });
  await campaigns.update(id, ended);
  await runs.change(id, { state: 'RUNNING' });
  await runs.change(id, { state: 'FAILED', failure });
  await campaigns.close(id);
}

const { RUN_STATE_SUCCEEDED: succeeded, RUN_STATE_FAILED: failed } = RunState;
const dueMembers = async () => (await campaigns.dueMembers(id, 0, 10)).map(({ index }) => index);

test('a campaign tried again begins members that ended badly from their search, since what they stored may be damaged', async () => {
  await end([succeeded, failed, succeeded]);
  expect(await campaigns.openCampaigns()).toEqual([]);
  await submit(true);
  expect(await dueMembers()).toEqual([1]);
  const [, again] = await campaigns.members(id, 0, 10);
  expect(again).toMatchObject({ search: undefined, trainings: [undefined], evaluations: [undefined] });
  expect(await campaigns.stages(id)).toEqual({ done: 2, search: 1 });
});

test('a campaign that could not be concluded looks at all its members anew when it is tried again', async () => {
  await end([succeeded, succeeded, succeeded]);
  await submit(true);
  expect(await dueMembers()).toEqual([0, 1, 2]);
});

test('a campaign that is opened again while it is being closed stays open', async () => {
  await runs.cancel(id);
  await submit(true);
  await campaigns.close(id);
  expect(await campaigns.openCampaigns()).toEqual([id]);
  await runs.change(id, { state: 'FAILED', failure });
  await campaigns.close(id);
  expect(await campaigns.openCampaigns()).toEqual([]);
});
