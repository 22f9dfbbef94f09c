import { element, noteList, type PageSection, renderPage, reportTable } from '@oneshot/plots';
import type { RankAnalysis } from '../analysis/rank-analysis.js';
import type { Emphasis } from '../documents/emphasis.js';
import { benchmarkTable, pairsTable, rankingTable } from '../documents/rank-tables.js';
import type { TextTable } from '../documents/text-table.js';
import { kendallMatrix, rankDiagram, scoreBoxes, winRateMatrix } from '../figures/rank-figures.js';
import { conclude } from '../words/conclusions.js';

/** Where the scores of a report came from. */
export interface ReportSource {
  readonly name: string;
  /** Benchmarks that not every input has. Default: none. */
  readonly leftOut?: readonly string[];
  /** Lines of the setting: file, digest, options, versions. */
  readonly setting: readonly { readonly label: string; readonly value: string }[];
  /** Shell commands that make the report again. */
  readonly commands: readonly string[];
}

// So many boxes side by side are read; more benchmarks are in the table.
const mostScorePlots = 30;

/**
 * A ranking's report as one HTML page with everything inside: no script, nothing loaded. The same
 * input gives the same bytes.
 */
export function renderRankReport(analysis: RankAnalysis, source: ReportSource): string {
  const { may, mayNot } = conclude(analysis);
  const setting = source.setting.map(({ label, value }) =>
    element('tr', {}, element('th', { scope: 'row' }, label), element('td', {}, value)),
  );
  return renderPage(source.name, undefined, [
    {
      id: 'ranking',
      title: 'Ranking',
      body: element(
        'div',
        { class: 'beside' },
        analysis.benchmarks.length > 1 ? element('div', { class: 'figures' }, rankDiagram(analysis)) : undefined,
        htmlTable(rankingTable(analysis)),
      ),
    },
    { id: 'may', title: 'What may be concluded', body: noteList(may) },
    { id: 'may-not', title: 'What may not be concluded', body: noteList(mayNot) },
    ...evidenceSections(analysis),
    { id: 'setting', title: 'Setting', body: element('table', { class: 'setting' }, element('tbody', {}, setting)) },
    { id: 'reproduce', title: 'How to reproduce', body: element('pre', {}, source.commands.join('\n')) },
  ]);
}

/** Tests in words, scores, pairs and agreement of benchmarks, as sections of any report. */
export function evidenceSections(analysis: RankAnalysis): PageSection[] {
  const { benchmarks, kendall } = analysis;
  const several = benchmarks.length > 1;
  const figures = (...children: Parameters<typeof element>[2][]) => element('div', { class: 'figures' }, ...children);
  return [
    { id: 'tests', title: 'Tests and what they assume', body: noteList(conclude(analysis).tests) },
    { id: 'benchmarks', title: 'Benchmarks', body: htmlTable(benchmarkTable(analysis)) },
    {
      id: 'scores',
      title: 'Scores',
      body: figures(scoreBoxes(analysis, {}, mostScorePlots)),
    },
    {
      id: 'pairs',
      title: 'Pairs of methods',
      body: element('div', { class: 'beside' }, figures(winRateMatrix(analysis)), htmlTable(pairsTable(analysis))),
    },
    ...(several && kendall !== null
      ? [{ id: 'kendall', title: 'Agreement of benchmarks', body: figures(kendallMatrix(benchmarks, kendall)) }]
      : []),
  ];
}

function htmlTable({ title, columns, rows, emphasis }: TextTable) {
  return reportTable(
    title,
    columns.map(({ name, number }, column) => ({
      name,
      number: number ?? false,
      cell: (row: readonly string[], at: number) => htmlCell(row[column] ?? '', emphasis?.[at]?.[column]),
    })),
    rows,
  );
}

function htmlCell(text: string, emphasis: Emphasis) {
  if (emphasis === undefined) return text;
  return element(emphasis === 'best' ? 'strong' : 'u', {}, text);
}
