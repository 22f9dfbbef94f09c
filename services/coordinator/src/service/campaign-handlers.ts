import type { CoordinatorServiceService } from '@oneshot/contracts';
import { createRunHandlers, type RunRecord, type RunStore, runMessage, type SpecValidation } from '@oneshot/jobs';
import { type Handlers, invalidArgument, notFound, pageSize } from '@oneshot/service-kit';
import { planOf } from '../campaign/campaign-plan.js';
import type { Reconciler } from '../drive/reconciler.js';
import type { CampaignStore } from '../store/campaign-store-types.js';
import { campaignMessage, memberMessage, newMembers } from './campaign-message.js';
import { watchCampaign } from './watch-campaign.js';

export interface CampaignHandlersOptions {
  readonly runs: RunStore;
  readonly campaigns: CampaignStore;
  readonly validate: (spec: unknown) => Promise<SpecValidation>;
  readonly reconciler: Reconciler;
}

/** Members in a page, where a request does not say. */
const standardPage = 100;
const largestPage = 1000;

export function createCampaignHandlers(options: CampaignHandlersOptions): Handlers<typeof CoordinatorServiceService> {
  const { runs, campaigns, validate, reconciler } = options;
  const common = createRunHandlers({ runs, validate });

  async function find(id: string): Promise<RunRecord> {
    const run = await runs.get(id);
    if (run === undefined) throw notFound('campaign', id);
    return run;
  }

  return {
    async submitCampaign(request, context) {
      const { spec, retry, requester, onlyFind } = request;
      const validation = await validate(spec);
      if (!validation.ok) throw invalidArgument(validation.faults, 'INVALID_CAMPAIGN');
      if (onlyFind === true) return common.submit(request, context);
      const { id } = validation;
      const members = newMembers(validation);
      const { run, created } = await runs.submit(id, validation.spec, retry, {
        requester,
        onQueued: (tables, again) =>
          again ? campaigns.reopen(tables, id, members) : campaigns.create(tables, id, members),
      });
      reconciler.wake(id);
      return { run: runMessage(run), created };
    },
    async getCampaign({ id }) {
      const run = await find(id);
      return campaignMessage(run, await campaigns.page(id, standardPage, ''), await campaigns.stages(id));
    },
    async listCampaignMembers({ id, pageSize: size, pageToken }) {
      const { keys } = planOf(await find(id));
      const { members, nextPageToken } = await campaigns.page(id, pageSize(size, standardPage, largestPage), pageToken);
      return { members: members.map((member) => memberMessage(keys, member)), nextPageToken };
    },
    listCampaigns: common.list,
    async *watchCampaign({ id, afterSequence }, { signal }) {
      await find(id);
      yield* watchCampaign(runs, campaigns, id, afterSequence, signal);
    },
    async cancelCampaign({ id, requester }) {
      const run = await runs.cancel(id, requester);
      if (run === undefined) throw notFound('campaign', id);
      reconciler.wake(id);
      return { run: runMessage(run) };
    },
  };
}
