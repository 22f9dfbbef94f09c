import type { CampaignMember, GetCampaignResponse } from '@oneshot/contracts';
import { RankResponse } from '@oneshot/contracts';
import { type RunRecord, runMessage } from '@oneshot/jobs';
import { type MemberKey, membersOf } from '../campaign/members.js';
import { campaignSchema } from '../campaign/schema.js';
import { searchSeenBy } from '../drive/selection.js';
import { firstCourse } from '../reconcile/course.js';
import { type MemberState, stageOf } from '../reconcile/member-state.js';
import type { NewMember } from '../store/campaign-store.js';

/** The members of a stored campaign by position. */
export function memberKeys(run: RunRecord): readonly MemberKey[] {
  return membersOf(campaignSchema.parse(run.spec));
}

/** The members of a stored campaign as they begin. */
export function newMembers(run: RunRecord): readonly NewMember[] {
  const campaign = campaignSchema.parse(run.spec);
  const course = firstCourse(campaign);
  return membersOf(campaign).map(({ retrain }) => ({ sets: retrain.length, course }));
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

/** A campaign with its members; the ranking once it has succeeded. */
export function campaignMessage(run: RunRecord, members: readonly MemberState[]): GetCampaignResponse {
  const keys = memberKeys(run);
  return {
    campaign: runMessage(run),
    members: members.map((member) => memberMessage(keys, member)),
    ranking: run.result?.ranking === undefined ? undefined : RankResponse.fromJSON({ methods: run.result.ranking }),
  };
}
