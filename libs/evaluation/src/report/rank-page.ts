import { element, noteList, type PageSection, renderPage, reportTable } from '@oneshot/plots';
import type { RankAnalysis } from '../analysis/rank-analysis.js';
import { benchmarkTable, pairsTable, rankingTable } from '../documents/rank-tables.js';
import type { TextTable } from '../documents/text-table.js';
import { kendallMatrix, rankDiagram, scorePlot, winRateMatrix } from '../figures/rank-figures.js';
import { conclude } from '../words/conclusions.js';

/** Where the scores of a report came from. */
export interface ReportSource {
  readonly name: string;
  /** Lines of the setting: file, digest, options, versions. */
  readonly setting: readonly { readonly label: string; readonly value: string }[];
  /** Shell commands that make the report again. */
  readonly commands: readonly string[];
}

// So many boxes side by side are read; more benchmarks are in the table.
const mostScorePlots = 24;

/** A ranking's report as one HTML page with everything inside: no script, nothing loaded. The same input gives the same bytes. */
export function renderRankReport(analysis: RankAnalysis, source: ReportSource): string {
  return renderPage(source.name, undefined, rankSections(analysis, source));
}

function rankSections(analysis: RankAnalysis, source: ReportSource): PageSection[] {
  const several = analysis.benchmarks.length > 1;
  const { tests, may, mayNot } = conclude(analysis);
  return [
    {
      id: 'ranking',
      title: 'Ranking',
      body: element(
        'div',
        {},
        several ? element('div', { class: 'figures' }, rankDiagram(analysis)) : undefined,
        htmlTable(rankingTable(analysis)),
      ),
    },
    { id: 'may', title: 'What may be concluded', body: noteList(may) },
    { id: 'may-not', title: 'What may not be concluded', body: noteList(mayNot) },
    { id: 'tests', title: 'Tests and what they assume', body: noteList(tests) },
    { id: 'benchmarks', title: 'Benchmarks', body: htmlTable(benchmarkTable(analysis)) },
    {
      id: 'scores',
      title: 'Scores',
      body: element(
        'div',
        { class: 'figures' },
        analysis.benchmarks.slice(0, mostScorePlots).map((_, at) => scorePlot(analysis, at)),
      ),
    },
    {
      id: 'pairs',
      title: 'Pairs of methods',
      body: element(
        'div',
        {},
        element('div', { class: 'figures' }, winRateMatrix(analysis)),
        htmlTable(pairsTable(analysis)),
      ),
    },
    ...(several
      ? [
          {
            id: 'kendall',
            title: 'Agreement of benchmarks',
            body: element('div', { class: 'figures' }, kendallMatrix(analysis)),
          },
        ]
      : []),
    {
      id: 'setting',
      title: 'Setting',
      body: element(
        'table',
        { class: 'setting' },
        element(
          'tbody',
          {},
          source.setting.map(({ label, value }) =>
            element('tr', {}, element('th', {}, label), element('td', {}, value)),
          ),
        ),
      ),
    },
    { id: 'reproduce', title: 'How to reproduce', body: element('pre', {}, source.commands.join('\n')) },
  ];
}

function htmlTable({ columns, rows }: TextTable) {
  return reportTable(
    columns.map(({ name, number }, at) => ({
      name,
      number: number ?? false,
      cell: (row: readonly string[]) => row[at] ?? '',
    })),
    rows,
  );
}
