import type { BuildReportResponse, CampaignMember, RegistryServiceService, Score } from '@oneshot/contracts';
import { RunState } from '@oneshot/contracts';
import { analyseScores, checkScores, conclude, evidenceSections, InputError, rankDiagram } from '@oneshot/evaluation';
import { readArtifact, storeArtifact } from '@oneshot/jobs';
import { element, noteList, type PageSection, renderCampaignReport } from '@oneshot/plots';
import type { ServiceClient } from '@oneshot/service-kit';
import { rank } from '../rank.js';
import { createCampaignReport } from './campaign-report.js';
import type { ReportInput } from './report-input.js';
import { resultNumber } from './results.js';
import { twoStageSections } from './two-stage-section.js';

/** Histories are read for so many members at a time. */
const membersAtOnce = 16;

/**
 * Ranks a campaign's members, draws its report and stores it. The same campaign gives the same
 * artifact.
 */
export async function buildReport(
  { campaign, members }: ReportInput,
  registry: Pick<ServiceClient<typeof RegistryServiceService>, 'getArtifact' | 'putArtifact'>,
): Promise<BuildReportResponse> {
  const readJson = async (digest: string): Promise<unknown> =>
    JSON.parse((await readArtifact(registry, digest)).toString('utf8'));
  const report = createCampaignReport(campaign, readJson);
  const scores: Score[] = [];
  const reading: Promise<void>[] = [];
  try {
    for await (const member of members) {
      if (member.reference) continue;
      scores.push(...scoresOf(member));
      const added = report.add(member);
      // A failure is met when its turn comes.
      added.catch(() => undefined);
      reading.push(added);
      if (reading.length >= membersAtOnce) await reading.shift();
    }
  } finally {
    await Promise.all(reading);
  }
  const ranking = rank(scores);
  const sections = [...twoStageSections(campaign.result?.twoStage), ...evidence(scores)];
  const page = renderCampaignReport(report.finish(ranking), sections);
  return { artifact: await storeArtifact(registry, Buffer.from(page), 'text/html'), ranking };
}

/**
 * Tests and figures over the scores, in per cent as everywhere on the page; none where scores
 * cannot be tested, such as those of a single method.
 */
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

/**
 * One score per evaluation: retraining a genotype several times gives its method several scores.
 */
function scoresOf({ method, benchmark, seed, evaluations }: CampaignMember): Score[] {
  return evaluations.flatMap((run) => {
    const value = run.state === RunState.RUN_STATE_SUCCEEDED ? resultNumber(run, 'accuracy') : undefined;
    return value === undefined ? [] : [{ method, benchmark, seed, value }];
  });
}
