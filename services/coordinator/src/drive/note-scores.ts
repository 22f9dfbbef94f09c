import type { RegistryServiceService } from '@oneshot/contracts';
import type { RunStore } from '@oneshot/jobs';
import type { ServiceClient } from '@oneshot/service-kit';
import type { CampaignStore } from '../store/campaign-store.js';
import { campaignScores } from './campaign-scores.js';

/** As many as the registry takes at once. */
const scoresAtOnce = 1000;

/** Notes in the registry what a campaign's members scored; scores noted before stay as they are. */
export function createNoteScores(
  runs: RunStore,
  campaigns: CampaignStore,
  registry: ServiceClient<typeof RegistryServiceService>,
): (campaignId: string) => Promise<void> {
  return async (campaignId) => {
    const run = await runs.get(campaignId);
    if (run === undefined) throw new Error(`There is no campaign ${campaignId}.`);
    const scores = campaignScores(run, await campaigns.members(campaignId));
    for (let begin = 0; begin < scores.length; begin += scoresAtOnce) {
      await registry.recordScores({ scores: scores.slice(begin, begin + scoresAtOnce) });
    }
  };
}
