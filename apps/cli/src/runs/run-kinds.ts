import type {
  CancelRunRequest,
  CancelRunResponse,
  GetRunRequest,
  ListRunsRequest,
  ListRunsResponse,
  Run,
  SubmitRunRequest,
  SubmitRunResponse,
} from '@oneshot/contracts';
import { followRun } from '@oneshot/jobs';
import { ExitCode } from '../exit-codes.js';
import { Failure } from '../failure.js';
import type { ServiceName, Services } from '../session/services.js';
import { followCampaign } from './follow-campaign.js';

export const runKinds = ['campaign', 'search', 'training', 'evaluation'] as const;
export type RunKind = (typeof runKinds)[number];

export interface FollowOptions {
  readonly signal: AbortSignal;
  /** Told when the service cannot be reached; following goes on by itself. */
  readonly onInterruption: () => void;
}

/** The five methods that every kind of run has, under one name each. */
export interface RunMethods {
  submit(request: SubmitRunRequest): Promise<SubmitRunResponse>;
  get(request: GetRunRequest): Promise<Run | undefined>;
  list(request: ListRunsRequest): Promise<ListRunsResponse>;
  /** The run after each change, until it has ended, however often the service is away meanwhile. */
  follow(id: string, options: FollowOptions): AsyncIterable<Run>;
  cancel(request: CancelRunRequest): Promise<CancelRunResponse>;
}

/** Which service holds the runs of a kind. */
export const serviceOf: Readonly<Record<RunKind, ServiceName>> = {
  campaign: 'coordinator',
  search: 'searcher',
  training: 'trainer',
  evaluation: 'evaluator',
};

export function methodsOf(services: Services, kind: RunKind): RunMethods {
  switch (kind) {
    case 'campaign': {
      const { coordinator } = services;
      return {
        submit: (request) => coordinator.submitCampaign(request),
        get: async (request) => (await coordinator.getCampaign(request)).campaign,
        list: (request) => coordinator.listCampaigns(request),
        async *follow(id, options) {
          for await (const { change } of followCampaign(coordinator, id, options)) {
            if (change?.$case === 'campaign') yield change.value;
          }
        },
        cancel: (request) => coordinator.cancelCampaign(request),
      };
    }
    case 'search': {
      const { searcher } = services;
      return {
        submit: (request) => searcher.submitSearch(request),
        get: async (request) => (await searcher.getSearch(request)).run,
        list: (request) => searcher.listSearches(request),
        follow: (id, options) => runsOf(followRun({ watch: searcher.watchSearch, id, ...options })),
        cancel: (request) => searcher.cancelSearch(request),
      };
    }
    case 'training': {
      const { trainer } = services;
      return {
        submit: (request) => trainer.submitTraining(request),
        get: async (request) => (await trainer.getTraining(request)).run,
        list: (request) => trainer.listTrainings(request),
        follow: (id, options) => runsOf(followRun({ watch: trainer.watchTraining, id, ...options })),
        cancel: (request) => trainer.cancelTraining(request),
      };
    }
    case 'evaluation': {
      const { evaluator } = services;
      return {
        submit: (request) => evaluator.submitEvaluation(request),
        get: async (request) => (await evaluator.getEvaluation(request)).run,
        list: (request) => evaluator.listEvaluations(request),
        follow: (id, options) => runsOf(followRun({ watch: evaluator.watchEvaluation, id, ...options })),
        cancel: (request) => evaluator.cancelEvaluation(request),
      };
    }
  }
}

async function* runsOf(updates: AsyncIterable<{ readonly run?: Run | undefined }>): AsyncIterable<Run> {
  for await (const { run } of updates) if (run !== undefined) yield run;
}

/** The run of a response that must hold one. */
export function runOf(response: { readonly run?: Run | undefined }): Run {
  if (response.run !== undefined) return response.run;
  throw new Failure('A service answered without the run.', { exitCode: ExitCode.unexpected, reason: 'EMPTY_RESPONSE' });
}
