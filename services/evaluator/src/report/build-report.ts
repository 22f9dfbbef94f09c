import {
  type BuildReportRequest,
  type BuildReportResponse,
  GetCampaignResponse,
  type RegistryServiceService,
  RunState,
  type Score,
} from '@oneshot/contracts';
import { analyseScores, checkScores, conclude, evidenceSections, InputError, rankDiagram } from '@oneshot/evaluation';
import { readArtifact, storeArtifact } from '@oneshot/jobs';
import { element, noteList, type PageSection, renderCampaignReport } from '@oneshot/plots';
import { type FieldFault, invalidArgument, type ServiceClient } from '@oneshot/service-kit';
import { rank } from '../rank.js';
import { campaignReport } from './campaign-report.js';
import { resultNumber } from './results.js';
import { twoStageSections } from './two-stage-section.js';

/** Ranks a campaign's members, draws its report and stores it. The same campaign gives the same artifact. */
export async function buildReport(
  request: BuildReportRequest,
  registry: ServiceClient<typeof RegistryServiceService>,
): Promise<BuildReportResponse> {
  if (request.campaign === undefined) throw invalidArgument([missing]);
  const told = GetCampaignResponse.fromJSON(request.campaign);
  const campaign = { ...told, members: told.members.filter(({ reference }) => !reference) };
  const ranking = rank(scoresOf(campaign));
  const readJson = async (digest: string): Promise<unknown> =>
    JSON.parse((await readArtifact(registry, digest)).toString('utf8'));
  const sections = [
    ...twoStageSections(request.campaign.twoStage ?? told.campaign?.result?.twoStage),
    ...evidence(scoresOf(campaign)),
  ];
  const page = renderCampaignReport(await campaignReport(campaign, ranking, readJson), sections);
  return { artifact: await storeArtifact(registry, Buffer.from(page), 'text/html'), ranking };
}

/** Tests and figures over the scores, in per cent as everywhere on the page; none where scores cannot be tested, such as those of a single method. */
function evidence(scores: readonly Score[]): PageSection[] {
  const numbered = new Map<string, number>();
  const records = scores.map(({ method, benchmark, seed, value }) => {
    const key = JSON.stringify([method, benchmark, seed]);
    const repetition = (numbered.get(key) ?? 0) + 1;
    numbered.set(key, repetition);
    return {
      method,
      benchmark,
      seed: repetition === 1 ? `${seed}` : `${seed}, retraining ${repetition}`,
      value: 100 * value,
    };
  });
  try {
    const analysis = analyseScores(checkScores(records, 'up', 'test accuracy in %'));
    const diagram = element('div', { class: 'figures' }, rankDiagram(analysis));
    const ranks = analysis.benchmarks.length > 1 ? [{ id: 'ranks', title: 'Average ranks', body: diagram }] : [];
    const limits = { id: 'limits', title: 'What the tests may not tell', body: noteList(conclude(analysis).mayNot) };
    return [...ranks, ...evidenceSections(analysis), limits];
  } catch (error) {
    if (error instanceof InputError) return [];
    throw error;
  }
}

/** One score per evaluation: retraining a genotype several times gives its method several scores. */
function scoresOf({ members }: GetCampaignResponse): Score[] {
  return members.flatMap(({ method, benchmark, seed, evaluations }) =>
    evaluations.flatMap((run) => {
      const value = run.state === RunState.RUN_STATE_SUCCEEDED ? resultNumber(run, 'accuracy') : undefined;
      return value === undefined ? [] : [{ method, benchmark, seed, value }];
    }),
  );
}

const missing: FieldFault = {
  path: 'campaign',
  found: '',
  allowed: 'a campaign as told by CoordinatorService.GetCampaign',
  message: 'found nothing; allowed: a campaign as told by CoordinatorService.GetCampaign',
};
