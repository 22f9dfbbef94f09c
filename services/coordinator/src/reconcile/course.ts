import { RunState } from '@oneshot/contracts';
import type { MemberKey } from '../campaign/members.js';
import type { Campaign } from '../campaign/schema.js';
import { type Course, endedBadly, type MemberState } from './member-state.js';

/** The course of a member nothing is known about yet. */
export function firstCourse(campaign: Campaign): Course {
  return campaign.retrained === 'lowest_validation_loss' ? 'wait' : followUp(campaign);
}

function followUp({ evaluate }: Campaign): Course {
  return evaluate.tabular === undefined ? 'retrain' : 'table';
}

/** Names the members that differ in their seed alone, of which one may be retrained. */
export function trialOf(key: MemberKey | undefined): string {
  return JSON.stringify([key?.name, key?.benchmark.name]);
}

/**
 * The members, given with all of their trials, whose course follows from the searches found to be
 * another than the one they are on.
 */
export function changedCourses<Member extends MemberState>(
  campaign: Campaign,
  keys: readonly MemberKey[],
  members: readonly Member[],
): readonly Member[] {
  if (campaign.retrained !== 'lowest_validation_loss') return [];
  const trials = new Map<string, Member[]>();
  for (const member of members) {
    const trial = trialOf(keys[member.index]);
    const known = trials.get(trial);
    if (known === undefined) trials.set(trial, [member]);
    else known.push(member);
  }
  return [...trials.values()].flatMap((seeds) => {
    const chosen = lowestValidationLoss(seeds);
    return seeds.flatMap((member) => {
      const course = courseOf(member, seeds, chosen, followUp(campaign));
      return course === member.course ? [] : [{ ...member, course }];
    });
  });
}

function courseOf(
  member: MemberState,
  seeds: readonly MemberState[],
  chosen: MemberState | undefined,
  followed: Course,
): Course {
  if (chosen !== undefined) return member === chosen ? followed : 'rest';
  // A search that failed leaves nothing to decide on: once it has been tried again, the decision is
  // open again.
  return seeds.some(({ search }) => search !== undefined && endedBadly(search)) ? 'rest' : 'wait';
}

/**
 * Of seeds that have all been searched the one with the lowest loss, the first of equals; undefined
 * before.
 */
function lowestValidationLoss(seeds: readonly MemberState[]): MemberState | undefined {
  if (!seeds.every(({ search }) => search?.state === RunState.RUN_STATE_SUCCEEDED)) return undefined;
  return seeds.reduce((best, member) => (lossOf(member) < lossOf(best) ? member : best));
}

/** The validation loss of the search's last epoch; infinite for methods that have none. */
function lossOf({ search }: MemberState): number {
  const loss: unknown = search?.result?.validationLoss;
  return typeof loss === 'number' ? loss : Number.POSITIVE_INFINITY;
}
