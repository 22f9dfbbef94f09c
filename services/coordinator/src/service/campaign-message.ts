import { type CampaignMember, type GetCampaignResponse, RankResponse } from '@oneshot/contracts';
import { type RunRecord, runMessage } from '@oneshot/jobs';
import { planOf } from '../campaign/campaign-plan.js';
import type { MemberKey } from '../campaign/members.js';
import { searchSeenBy } from '../drive/selection.js';
import { firstCourse } from '../reconcile/course.js';
import { type MemberState, stageOf } from '../reconcile/member-state.js';
import type { StageCounts } from '../reconcile/plan.js';
import type { MemberPage } from '../store/campaign-store-types.js';
import type { NewMember } from '../store/member-rows.js';

/** The members of a stored campaign as they begin. */
export function newMembers(run: Pick<RunRecord, 'id' | 'spec'>): readonly NewMember[] {
  const { campaign, keys } = planOf(run);
  const course = firstCourse(campaign);
  return keys.map(({ retrain }) => ({ sets: retrain.length, course }));
}

/** A member as it travels. */
export function memberMessage(keys: readonly MemberKey[], member: MemberState): CampaignMember {
  const key = keys[member.index];
  return {
    method: key?.name ?? '',
    benchmark: key?.benchmark.name ?? '',
    seed: key?.seed ?? 0,
    stage: stageOf(member),
    search: searchSeenBy(key?.selector, member.search),
    trainings: member.trainings.filter((run) => run !== undefined),
    evaluations: member.evaluations.filter((run) => run !== undefined),
    reference: key?.baseline !== undefined,
  };
}

/** A campaign with the first of its members; the ranking once it has succeeded. */
export function campaignMessage(
  run: RunRecord,
  { members, nextPageToken }: MemberPage,
  stages: StageCounts,
): GetCampaignResponse {
  const { keys } = planOf(run);
  return {
    campaign: runMessage(run),
    members: members.map((member) => memberMessage(keys, member)),
    ranking: run.result?.ranking === undefined ? undefined : RankResponse.fromJSON({ methods: run.result.ranking }),
    nextPageToken,
    stages: { ...stages },
  };
}
