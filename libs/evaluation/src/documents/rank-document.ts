import { formatCsv } from '@oneshot/plots';
import type { RankAnalysis } from '../analysis/rank-analysis.js';
import { conclude } from '../words/conclusions.js';
import { escapeLatex } from './escape-latex.js';
import { latexNeeds, latexTable } from './latex-table.js';
import { benchmarkTable, pairsTable, rankingData, rankingTable } from './rank-tables.js';
import { markdownTable } from './text-table.js';

/** Documents a ranking can be written as. */
export type DocumentFormat = 'markdown' | 'latex' | 'csv' | 'json';

/**
 * A ranking as one document: tables and words as Markdown or LaTeX, the ranking alone as CSV, all
 * there is as JSON.
 */
export function rankDocument(analysis: RankAnalysis, format: DocumentFormat, leftOut: readonly string[] = []): string {
  switch (format) {
    case 'csv':
      return formatCsv(rankingData(analysis));
    case 'json':
      return `${JSON.stringify({ ...analysis, leftOut, conclusions: conclude(analysis) }, null, 2)}\n`;
    case 'markdown':
      return [
        ...tables(analysis).map(markdownTable),
        ...sections(analysis).map(([title, lines]) => `### ${title}\n\n${lines.map((line) => `- ${line}\n`).join('')}`),
      ].join('\n');
    case 'latex':
      return [
        latexNeeds,
        ...tables(analysis).map(latexTable),
        ...sections(analysis).map(
          ([title, lines]) =>
            `\\paragraph{${title}}\n\\begin{itemize}\n${lines.map((line) => `  \\item ${escapeLatex(line)}\n`).join('')}\\end{itemize}\n`,
        ),
      ].join('\n');
  }
}

function tables(analysis: RankAnalysis) {
  return [rankingTable(analysis), benchmarkTable(analysis), pairsTable(analysis)];
}

function sections(analysis: RankAnalysis): (readonly [string, readonly string[]])[] {
  const { tests, may, mayNot } = conclude(analysis);
  return [
    ['Tests and what they assume', tests],
    ['What may be concluded', may],
    ['What may not be concluded', mayNot],
  ];
}
