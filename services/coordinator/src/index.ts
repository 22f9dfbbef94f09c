/**
 * Campaigns: profiles × benchmarks × seeds, driven through search, retraining and evaluation to a
 * ranking and a report.
 */
export { membersOf } from './campaign/members.js';
export { readCampaign } from './campaign/read-campaign.js';
export type { ReadCampaignOptions } from './campaign/read-campaign-options.js';
export { type Campaign, campaignSchema } from './campaign/schema.js';
export { type CoordinatorOptions, startCoordinator } from './start-coordinator.js';
