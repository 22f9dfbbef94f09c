import type { CampaignReport } from './campaign-report.js';

/** Each method's colour: by place in the ranking, then methods without a score, so that one page uses one colour per method. */
export function methodColours(report: CampaignReport): ReadonlyMap<string, number> {
  const methods = new Set([...report.ranking, ...report.runs].map((row) => row.method));
  return new Map([...methods].map((method, index) => [method, index]));
}
