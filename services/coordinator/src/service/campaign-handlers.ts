import type { CoordinatorServiceService } from '@oneshot/contracts';
import { createRunHandlers, hasEnded, type RunStore, runMessage, type SpecValidation } from '@oneshot/jobs';
import { type Handlers, invalidArgument, notFound } from '@oneshot/service-kit';
import type { Reconciler } from '../drive/reconciler.js';
import type { CampaignStore } from '../store/campaign-store.js';
import { campaignMessage, newMembers } from './campaign-message.js';
import { watchCampaign } from './watch-campaign.js';

export interface CampaignHandlersOptions {
  readonly runs: RunStore;
  readonly campaigns: CampaignStore;
  readonly validate: (spec: unknown) => Promise<SpecValidation>;
  readonly reconciler: Reconciler;
}

export function createCampaignHandlers(options: CampaignHandlersOptions): Handlers<typeof CoordinatorServiceService> {
  const { runs, campaigns, validate, reconciler } = options;
  const common = createRunHandlers({ runs, validate });
  return {
    async submitCampaign(request, context) {
      const { spec, retry, onlyFind } = request;
      const validation = await validate(spec);
      if (!validation.ok) throw invalidArgument(validation.faults, 'INVALID_CAMPAIGN');
      if (onlyFind === true) return common.submit(request, context);
      const before = await runs.get(validation.id);
      const { run, created } = await runs.submit(validation.id, validation.spec, retry);
      if (before !== undefined && hasEnded(before.state) && !hasEnded(run.state)) await campaigns.reopen(run.id);
      else await campaigns.create(run.id, newMembers(run));
      reconciler.wake(run.id);
      return { run: runMessage(run), created };
    },
    async getCampaign({ id }) {
      const run = await runs.get(id);
      if (run === undefined) throw notFound('campaign', id);
      return campaignMessage(run, await campaigns.members(id));
    },
    listCampaigns: common.list,
    async *watchCampaign({ id, afterSequence }, { signal }) {
      if ((await runs.get(id)) === undefined) throw notFound('campaign', id);
      yield* watchCampaign(runs, campaigns, id, afterSequence, signal);
    },
    async cancelCampaign({ id }) {
      const run = await runs.cancel(id);
      if (run === undefined) throw notFound('campaign', id);
      reconciler.wake(id);
      return { run: runMessage(run) };
    },
  };
}
