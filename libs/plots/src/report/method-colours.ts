import { seriesNumbers } from '../look/series-numbers.js';
import type { CampaignReport } from './campaign-report.js';

/**
 * Each method's colour, dash and marker, for the whole page: ranked methods are numbered first,
 * then those without a score.
 */
export function methodColours({ ranking, runs }: CampaignReport): ReadonlyMap<string, number> {
  const ranked = ranking.map(({ method }) => method);
  return seriesNumbers([...ranked, ...runs.map(({ method }) => method)], ranked);
}
