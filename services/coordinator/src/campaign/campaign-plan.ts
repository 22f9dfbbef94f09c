import type { RunRecord } from '@oneshot/jobs';
import { type MemberKey, membersOf } from './members.js';
import { type Campaign, campaignSchema } from './schema.js';

/** What a stored campaign asks for. */
export interface CampaignPlan {
  readonly campaign: Campaign;
  /** By position. */
  readonly keys: readonly MemberKey[];
}

const mostKept = 32;
const kept = new Map<string, CampaignPlan>();

/**
 * What a stored campaign asks for; read once, since a campaign's id is the digest of its spec.
 * Throws if the spec cannot be read.
 */
export function planOf({ id, spec }: Pick<RunRecord, 'id' | 'spec'>): CampaignPlan {
  const known = kept.get(id);
  if (known !== undefined) return known;
  const campaign = campaignSchema.parse(spec);
  const plan = { campaign, keys: membersOf(campaign) };
  const [oldest] = kept.keys();
  if (kept.size >= mostKept && oldest !== undefined) kept.delete(oldest);
  kept.set(id, plan);
  return plan;
}
