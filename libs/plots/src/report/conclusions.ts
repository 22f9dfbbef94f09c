import { formatFixed } from '../look/numbers.js';
import type { CampaignReport, RankingRow } from './campaign-report.js';

/** What a reader may and may not conclude from these figures, one sentence or two each. */
export function conclusions(report: CampaignReport): string[] {
  return [
    ...aboutMissingRuns(report),
    ...aboutControl(report),
    ...aboutSeeds(report.ranking),
    ...aboutNeighbours(report.ranking),
    ...aboutBenchmarks(report),
    ...report.notes,
  ];
}

function points(fraction: number): string {
  return `${formatFixed(100 * Math.abs(fraction), 2)} points`;
}

function aboutMissingRuns({ runs }: CampaignReport): string[] {
  const missing = runs.filter((run) => run.state !== 'succeeded');
  if (missing.length === 0) return [];
  const names = missing.map((run) => `${run.method} on ${run.benchmark}, seed ${run.seed} (${run.state})`);
  return [`${missing.length} of ${runs.length} runs gave no score, so the ranking is incomplete: ${names.join('; ')}.`];
}

function aboutControl({ ranking, controlMethod }: CampaignReport): string[] {
  const control = ranking.find((row) => row.method === controlMethod);
  const searched = ranking.filter((row) => row.method !== controlMethod);
  if (control === undefined || searched.length === 0) return [];
  const differences = searched.map((row) => {
    const by = row.mean - control.mean;
    return `${row.method} ${by >= 0 ? '+' : '−'}${points(by)}`;
  });
  const mean = searched.reduce((sum, row) => sum + row.mean, 0) / searched.length;
  const above = searched.filter((row) => row.mean > control.mean).length;
  const onAverage =
    mean > control.mean
      ? `On average the searched methods are ${points(mean - control.mean)} above it.`
      : `On average the searched methods are ${mean < control.mean ? `${points(mean - control.mean)} below it` : 'no better'}: this campaign alone gives no reason to search.`;
  return [
    `Against "${control.method}", which searches nothing: ${differences.join(', ')}. ${above} of ${searched.length} lie above it. ${onAverage}`,
  ];
}

/**
 * With n scores a side, the rank-sum test's least two-sided p is 2 / C(2n, n): all of one side
 * above all of the other.
 */
function leastRankSumP(count: number): number {
  let arrangements = 1;
  for (let index = 1; index <= count; index += 1) arrangements = (arrangements * (count + index)) / index;
  return Math.min(1, 2 / arrangements);
}

function aboutSeeds(ranking: readonly RankingRow[]): string[] {
  const fewest = Math.min(...ranking.map((row) => row.count));
  if (ranking.length < 2 || fewest >= 5) return [];
  if (fewest < 2)
    return ['A single score per method says nothing about spread: no difference here can be told from chance.'];
  const p = leastRankSumP(fewest);
  const verdict =
    p > 0.05
      ? 'so no difference here can reach significance at 0.05'
      : 'so only complete separation could reach significance at 0.05';
  return [
    `There are ${fewest} scores per method. The least p a two-sided rank-sum test could give with so few is ${p.toFixed(2)}, ${verdict}; ` +
      'the standard deviations are rough.',
  ];
}

function aboutNeighbours(ranking: readonly RankingRow[]): string[] {
  const best = ranking[0];
  if (best === undefined) return [];
  const close = ranking
    .slice(1)
    .filter((row) => best.mean - row.mean <= best.standardDeviation + row.standardDeviation)
    .map((row) => `${row.method} (${points(best.mean - row.mean)} behind)`);
  if (close.length === 0) return [];
  return [
    `Within one standard deviation of ${best.method}, the first: ${close.join(', ')}. Their order may be chance.`,
  ];
}

function aboutBenchmarks({ runs }: CampaignReport): string[] {
  const names = [...new Set(runs.map((run) => run.benchmark))];
  const only = names[0];
  if (names.length !== 1 || only === undefined) return [];
  return [`There is one benchmark, "${only}". What holds for its space, data set and budget need not hold for others.`];
}
