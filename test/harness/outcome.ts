import {
  type CampaignMember,
  CoordinatorServiceClient,
  EvaluatorServiceClient,
  RegistryServiceClient,
  type Run,
  SearcherServiceClient,
  TrainerServiceClient,
} from '@oneshot/contracts';
import { connect } from '@oneshot/service-kit';

/**
 * What came out of a campaign, without what may differ between two runs of it (times, attempts).
 */
export interface Outcome {
  readonly [member: string]: {
    readonly searchId: string;
    readonly genotypeId: unknown;
    readonly searchWeights: unknown;
    readonly trainings: readonly unknown[];
    readonly evaluations: readonly unknown[];
  };
}

export type Addresses = Readonly<Record<'registry' | 'searcher' | 'trainer' | 'evaluator' | 'coordinator', string>>;

/** A campaign with all its members. */
export interface ToldCampaign {
  readonly campaign: Run | undefined;
  readonly members: readonly CampaignMember[];
}

/** The campaign's identities and digests by member. */
export function outcomeOf({ members }: ToldCampaign): Outcome {
  const parts = (run: Run, fields: readonly string[]) => [run.id, ...fields.map((field) => run.result?.[field])];
  return Object.fromEntries(
    members.map(({ method, benchmark, seed, search, trainings, evaluations }) => [
      `${method}/${benchmark}/${seed}`,
      {
        searchId: search?.id ?? '',
        genotypeId: search?.result?.genotypeId,
        searchWeights: search?.result?.weightsDigest,
        trainings: trainings.map((run) => parts(run, ['weightsDigest', 'onnx', 'modelId', 'testAccuracy'])),
        evaluations: evaluations.map((run) => parts(run, ['accuracy'])),
      },
    ]),
  );
}

/** A service that was killed last may still be starting. */
const patient = { deadlineMs: 60_000, retry: { attempts: 100 } };

/** Asks the coordinator for a campaign, page by page. */
export async function readCampaign(addresses: Addresses, id: string): Promise<ToldCampaign> {
  const client = connect(CoordinatorServiceClient, addresses.coordinator, patient);
  try {
    const { campaign, members, nextPageToken } = await client.getCampaign({ id });
    for (let pageToken = nextPageToken; pageToken !== ''; ) {
      const page = await client.listCampaignMembers({ id, pageSize: 1000, pageToken });
      members.push(...page.members);
      pageToken = page.nextPageToken;
    }
    return { campaign, members };
  } finally {
    client.close();
  }
}

/** How many runs, models and genotypes the services hold; a doubled run would show here. */
export async function countEverything(addresses: Addresses): Promise<Readonly<Record<string, number>>> {
  const searcher = connect(SearcherServiceClient, addresses.searcher, patient);
  const trainer = connect(TrainerServiceClient, addresses.trainer, patient);
  const evaluator = connect(EvaluatorServiceClient, addresses.evaluator, patient);
  const registry = connect(RegistryServiceClient, addresses.registry, patient);
  const page = { pageSize: 1000, pageToken: '', states: [] };
  try {
    return {
      searches: (await searcher.listSearches(page)).runs.length,
      trainings: (await trainer.listTrainings(page)).runs.length,
      evaluations: (await evaluator.listEvaluations(page)).runs.length,
      models: (await registry.listModels({ pageSize: 1000, pageToken: '', genotypeId: '' })).models.length,
    };
  } finally {
    for (const client of [searcher, trainer, evaluator, registry]) client.close();
  }
}
