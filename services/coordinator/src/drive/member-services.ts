import type {
  EvaluatorServiceService,
  Run,
  SearcherServiceService,
  SubmitRunResponse,
  TrainerServiceService,
} from '@oneshot/contracts';
import { Code, type ServiceClient, ServiceError } from '@oneshot/service-kit';
import type { MemberRunKind } from '../reconcile/plan.js';

export interface MemberClients {
  readonly searcher: ServiceClient<typeof SearcherServiceService>;
  readonly trainer: ServiceClient<typeof TrainerServiceService>;
  readonly evaluator: ServiceClient<typeof EvaluatorServiceService>;
}

/** The services that hold a campaign's member runs, seen alike. Failures are thrown as ServiceError. */
export interface MemberServices {
  /** Stores and queues the run, or finds it; one that ended badly before is tried again. */
  submit(kind: MemberRunKind, spec: Readonly<Record<string, unknown>>): Promise<Run>;
  /** Undefined: the service has no such run. */
  get(kind: MemberRunKind, id: string): Promise<Run | undefined>;
  cancel(kind: MemberRunKind, id: string): Promise<Run | undefined>;
}

export function createMemberServices({ searcher, trainer, evaluator }: MemberClients): MemberServices {
  return {
    async submit(kind, spec) {
      const request = { spec, retry: true };
      switch (kind) {
        case 'search':
          return theRun(await searcher.submitSearch(request));
        case 'training':
          return theRun(await trainer.submitTraining(request));
        case 'evaluation':
          return theRun(await evaluator.submitEvaluation(request));
      }
    },
    async get(kind, id) {
      const response = await unlessNotFound(() => {
        switch (kind) {
          case 'search':
            return searcher.getSearch({ id });
          case 'training':
            return trainer.getTraining({ id });
          case 'evaluation':
            return evaluator.getEvaluation({ id });
        }
      });
      return response?.run;
    },
    async cancel(kind, id) {
      const response = await unlessNotFound(() => {
        switch (kind) {
          case 'search':
            return searcher.cancelSearch({ id });
          case 'training':
            return trainer.cancelTraining({ id });
          case 'evaluation':
            return evaluator.cancelEvaluation({ id });
        }
      });
      return response?.run;
    },
  };
}

function theRun(response: SubmitRunResponse): Run {
  if (response.run !== undefined) return response.run;
  throw new ServiceError({ code: Code.INTERNAL, reason: 'EMPTY_RESPONSE', message: 'The answer holds no run.' });
}

async function unlessNotFound<Response>(call: () => Promise<Response>): Promise<Response | undefined> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof ServiceError && error.code === Code.NOT_FOUND) return undefined;
    throw error;
  }
}
