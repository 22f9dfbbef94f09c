import type { CampaignScore, RegistryServiceService } from '@oneshot/contracts';
import type { RunRecord } from '@oneshot/jobs';
import type { ServiceClient } from '@oneshot/service-kit';
import type { CampaignStore } from '../store/campaign-store-types.js';
import { allMembers } from './all-members.js';
import { campaignScores } from './campaign-scores.js';

/** The registry takes a thousand at once. */
const scoresAtOnce = 500;

/** Notes in the registry what a campaign's members scored; scores noted before stay as they are. */
export function createNoteScores(
  campaigns: CampaignStore,
  registry: ServiceClient<typeof RegistryServiceService>,
): (run: RunRecord) => Promise<void> {
  return async (run) => {
    const waiting: CampaignScore[] = [];
    for await (const member of allMembers(campaigns, run.id)) {
      waiting.push(...campaignScores(run, [member]));
      while (waiting.length >= scoresAtOnce) await registry.recordScores({ scores: waiting.splice(0, scoresAtOnce) });
    }
    if (waiting.length > 0) await registry.recordScores({ scores: waiting });
  };
}
