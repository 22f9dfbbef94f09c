import type {
  EvaluatorServiceService,
  ListRunsRequest,
  ListRunsResponse,
  Run,
  SearcherServiceService,
  SubmitRunRequest,
  SubmitRunResponse,
  TrainerServiceService,
} from '@oneshot/contracts';
import { Code, type ServiceClient, ServiceError } from '@oneshot/service-kit';
import type { MemberRunKind } from '../reconcile/member-state.js';

export interface MemberClients {
  readonly searcher: ServiceClient<typeof SearcherServiceService>;
  readonly trainer: ServiceClient<typeof TrainerServiceService>;
  readonly evaluator: ServiceClient<typeof EvaluatorServiceService>;
}

/**
 * The services that hold a campaign's member runs, seen alike. Failures are thrown as ServiceError.
 */
export interface MemberServices {
  /**
   * Stores and queues the run for a campaign, or finds it; one that ended badly before is tried
   * again.
   */
  submit(kind: MemberRunKind, spec: Readonly<Record<string, unknown>>, campaignId: string): Promise<Run>;
  /** These runs without specs and results; those the service does not have are left out. */
  heads(kind: MemberRunKind, ids: readonly string[]): Promise<readonly Run[]>;
  /** These runs; those the service does not have are left out. */
  runs(kind: MemberRunKind, ids: readonly string[]): Promise<readonly Run[]>;
  /**
   * The campaign no longer wants the run, which is cancelled unless somebody else does. Undefined:
   * the service has no such run.
   */
  leave(kind: MemberRunKind, id: string, campaignId: string): Promise<Run | undefined>;
}

/** As many ids as one list takes, each of 64 digits. */
const idsAtOnce = 500;

export function createMemberServices(clients: MemberClients): MemberServices {
  const methods = methodsOf(clients);

  async function listed(kind: MemberRunKind, ids: readonly string[], brief: boolean): Promise<readonly Run[]> {
    const runs: Run[] = [];
    for (let begin = 0; begin < ids.length; begin += idsAtOnce) {
      const only = { ids: ids.slice(begin, begin + idsAtOnce) };
      for (let pageToken: string | undefined = ''; pageToken !== undefined; ) {
        const page = await methods[kind].list({ pageSize: idsAtOnce, pageToken, states: [], only, brief });
        runs.push(...page.runs);
        pageToken = page.nextPageToken || undefined;
      }
    }
    return runs;
  }

  return {
    async submit(kind, spec, campaignId) {
      const { run } = await methods[kind].submit({ spec, retry: true, requester: campaignId });
      if (run !== undefined) return run;
      throw new ServiceError({ code: Code.INTERNAL, reason: 'EMPTY_RESPONSE', message: 'The answer holds no run.' });
    },
    heads: (kind, ids) => listed(kind, ids, true),
    runs: (kind, ids) => listed(kind, ids, false),
    async leave(kind, id, campaignId) {
      try {
        return (await methods[kind].cancel({ id, requester: campaignId })).run;
      } catch (error) {
        if (error instanceof ServiceError && error.code === Code.NOT_FOUND) return undefined;
        throw error;
      }
    },
  };
}

interface RunMethods {
  submit(request: SubmitRunRequest): Promise<SubmitRunResponse>;
  list(request: ListRunsRequest): Promise<ListRunsResponse>;
  cancel(request: { readonly id: string; readonly requester: string }): Promise<{ readonly run?: Run | undefined }>;
}

function methodsOf({ searcher, trainer, evaluator }: MemberClients): Readonly<Record<MemberRunKind, RunMethods>> {
  return {
    search: { submit: searcher.submitSearch, list: searcher.listSearches, cancel: searcher.cancelSearch },
    training: { submit: trainer.submitTraining, list: trainer.listTrainings, cancel: trainer.cancelTraining },
    evaluation: {
      submit: evaluator.submitEvaluation,
      list: evaluator.listEvaluations,
      cancel: evaluator.cancelEvaluation,
    },
  };
}
