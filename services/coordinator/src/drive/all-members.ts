import type { CampaignStore } from '../store/campaign-store-types.js';
import type { StoredMember } from '../store/member-rows.js';

const membersAtOnce = 50;

/** Every member of a campaign in its order, a few of them in memory at a time. */
export async function* allMembers(campaigns: CampaignStore, campaignId: string): AsyncIterable<StoredMember> {
  for (let from = 0; ; ) {
    const members = await campaigns.members(campaignId, from, membersAtOnce);
    yield* members;
    const last = members.at(-1);
    if (last === undefined || members.length < membersAtOnce) return;
    from = last.index + 1;
  }
}
