import type { CampaignPlan } from '../campaign/campaign-plan.js';
import type { CampaignStore } from '../store/campaign-store-types.js';
import type { MemberServices } from './member-services.js';

/** One campaign, and what it is driven with. */
export interface DrivenCampaign extends CampaignPlan {
  readonly id: string;
  readonly campaigns: CampaignStore;
  readonly services: MemberServices;
}
