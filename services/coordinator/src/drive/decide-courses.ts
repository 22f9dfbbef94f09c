import { changedCourses, trialOf } from '../reconcile/course.js';
import type { DrivenCampaign } from './driven-campaign.js';

/**
 * Where one seed of a method is to be retrained: decides which, once all seeds of a trial have been
 * searched.
 *
 * @param changed positions of the members that may have brought a decision; `all`: whatever is
 * undecided
 */
export async function decideCourses(
  { id, campaign, keys, campaigns }: DrivenCampaign,
  changed: readonly number[] | 'all',
): Promise<void> {
  if (campaign.retrained !== 'lowest_validation_loss' || changed.length === 0) return;
  const searching = new Set(await campaigns.positionsIn(id, 'search'));
  const candidates = changed === 'all' ? await campaigns.positionsIn(id, 'select') : changed;
  const trials = new Set(candidates.map((position) => trialOf(keys[position])));
  const positions = new Map<string, number[]>();
  for (const key of keys) {
    const trial = trialOf(key);
    if (trials.has(trial)) positions.set(trial, [...(positions.get(trial) ?? []), key.index]);
  }
  for (const ofTrial of positions.values()) {
    if (ofTrial.some((position) => searching.has(position))) continue;
    const members = await campaigns.membersAt(id, ofTrial);
    await campaigns.update(id, changedCourses(campaign, keys, members));
  }
}
