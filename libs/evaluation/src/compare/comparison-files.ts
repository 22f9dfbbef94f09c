import { type Figure, formatCsv } from '@oneshot/plots';
import { rankFigures } from '../figures/rank-figures.js';
import { figureFiles, type ReportFile } from '../report/report-file.js';
import { compareDocument } from './compare-document.js';
import type { Comparison } from './compare-methods.js';
import { comparisonData } from './compare-tables.js';

export interface ComparisonParts {
  readonly control: string | undefined;
  /** Benchmarks that not every input has. */
  readonly leftOut: readonly string[];
  readonly anyTime: Figure | undefined;
  readonly files: 'data' | 'all';
}

/**
 * The files of a comparison: its documents, and with `all` every figure as SVG, PNG and PDF with
 * its data as CSV.
 */
export async function* comparisonFiles(comparison: Comparison, parts: ComparisonParts): AsyncIterable<ReportFile> {
  const { control, leftOut, anyTime, files } = parts;
  yield { name: 'comparison.md', bytes: Buffer.from(compareDocument(comparison, 'markdown', control)) };
  yield { name: 'comparison.tex', bytes: Buffer.from(compareDocument(comparison, 'latex', control)) };
  yield { name: 'comparison.json', bytes: Buffer.from(compareDocument(comparison, 'json', control, leftOut)) };
  yield { name: 'pairs.csv', bytes: Buffer.from(formatCsv(comparisonData(comparison))) };
  if (files === 'data') return;
  yield* figureFiles([
    ...(anyTime === undefined ? [] : [{ name: 'any-time', figure: anyTime }]),
    ...rankFigures(comparison.analysis),
  ]);
}
