import { intervalPlot } from '../charts/interval-plot.js';
import { formatFixed, formatPercent } from '../look/numbers.js';
import { element, type Markup } from '../markup/markup.js';
import type { CampaignReport, RankingRow } from './campaign-report.js';
import { table } from './table.js';

/** The ranking: a picture of all scores, then the table. */
export function rankingSection(report: CampaignReport, colours: ReadonlyMap<string, number>): Markup {
  if (report.ranking.length === 0) return element('p', {}, 'No run gave a score, so there is no ranking.');
  const rows = report.ranking.map((row) => ({
    name: row.method,
    mean: row.mean,
    standardDeviation: row.standardDeviation,
    colour: colours.get(row.method) ?? 0,
    scores: report.runs.flatMap((run) => (run.method === row.method && run.score !== undefined ? [run.score] : [])),
  }));
  return element(
    'div',
    { class: 'beside' },
    element('div', { class: 'figures' }, intervalPlot(report.scoreName, rows)),
    table<RankingRow>(
      `Methods by average rank, with their ${report.scoreName}`,
      [
        { name: 'place', number: true, cell: (_row, index) => index + 1 },
        {
          name: 'method',
          cell: (row) => (row.method === report.controlMethod ? `${row.method} (control)` : row.method),
        },
        { name: 'average rank', number: true, cell: (row) => formatFixed(row.averageRank, 2) },
        { name: `mean ${report.scoreName}`, number: true, cell: (row) => formatPercent(row.mean) },
        {
          name: '± std',
          number: true,
          cell: (row) => (row.count > 1 ? formatPercent(row.standardDeviation) : 'one score'),
        },
        { name: 'best', number: true, cell: (row) => formatPercent(row.best) },
        { name: 'scores', number: true, cell: (row) => row.count },
      ],
      report.ranking,
    ),
    element(
      'p',
      { class: 'muted' },
      'Dots are single scores, the bar is their mean, the whisker one sample standard deviation to each side. ' +
        'The average rank is taken over benchmarks, of the methods’ mean scores.',
    ),
  );
}
