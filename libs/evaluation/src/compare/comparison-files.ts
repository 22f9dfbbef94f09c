import { figureFormats, formatCsv, renderFigure } from '@oneshot/plots';
import { rankFigures } from '../figures/rank-figures.js';
import { plotTable } from '../plot/plot-kinds.js';
import type { ReportFile } from '../report/ranking-files.js';
import { compareDocument } from './compare-document.js';
import type { Comparison } from './compare-methods.js';
import { comparisonData } from './compare-tables.js';

export interface ComparisonExtras {
  readonly control?: string;
  /** Text of a table of any-time curves: method, time, value, and optionally seed. */
  readonly curves?: string;
}

/** All files of a comparison: documents, and every figure as SVG, PNG and PDF with its data. @throws InputError for curves that cannot be read */
export async function* comparisonFiles(
  comparison: Comparison,
  { control, curves }: ComparisonExtras = {},
): AsyncIterable<ReportFile> {
  const anyTime = curves === undefined ? [] : [{ name: 'any-time', figure: plotTable('any-time', curves) }];
  yield { name: 'comparison.md', bytes: Buffer.from(compareDocument(comparison, 'markdown', control)) };
  yield { name: 'comparison.tex', bytes: Buffer.from(compareDocument(comparison, 'latex', control)) };
  yield { name: 'comparison.json', bytes: Buffer.from(compareDocument(comparison, 'json', control)) };
  yield { name: 'pairs.csv', bytes: Buffer.from(formatCsv(comparisonData(comparison))) };
  for (const { name, figure } of [...anyTime, ...rankFigures(comparison.analysis)]) {
    for (const format of figureFormats) {
      yield { name: `figures/${name}.${format}`, bytes: await renderFigure(figure, format) };
    }
  }
}
