import { formatCsv } from '@oneshot/plots';
import { latexNeeds, latexTable } from '../documents/latex-table.js';
import type { DocumentFormat } from '../documents/rank-document.js';
import { markdownTable } from '../documents/text-table.js';
import { conclude } from '../words/conclusions.js';
import type { Comparison } from './compare-methods.js';
import { comparisonData, comparisonTable, controlTable } from './compare-tables.js';

/** A comparison as one document. */
export function compareDocument(
  comparison: Comparison,
  format: DocumentFormat,
  control?: string,
  leftOut: readonly string[] = [],
): string {
  const tables = [comparisonTable(comparison), ...(control === undefined ? [] : [controlTable(comparison, control)])];
  switch (format) {
    case 'csv':
      return formatCsv(comparisonData(comparison));
    case 'json':
      return `${JSON.stringify({ ...comparison, leftOut, conclusions: conclude(comparison.analysis) }, null, 2)}\n`;
    case 'markdown':
      return tables.map(markdownTable).join('\n');
    case 'latex':
      return [latexNeeds, ...tables.map(latexTable)].join('\n');
  }
}
