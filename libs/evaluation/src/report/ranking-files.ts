import { formatCsv } from '@oneshot/plots';
import type { RankAnalysis } from '../analysis/rank-analysis.js';
import { rankDocument } from '../documents/rank-document.js';
import { pairsData } from '../documents/rank-tables.js';
import { rankFigures } from '../figures/rank-figures.js';
import { type ReportSource, renderRankReport } from './rank-page.js';
import { figureFiles, type ReportFile } from './report-file.js';

/**
 * The files of a ranking: its documents, and with `all` the page and every figure as SVG, PNG and
 * PDF with its data as CSV.
 */
export async function* rankingFiles(
  analysis: RankAnalysis,
  source: ReportSource,
  files: 'data' | 'all',
): AsyncIterable<ReportFile> {
  yield { name: 'report.md', bytes: Buffer.from(rankDocument(analysis, 'markdown')) };
  yield { name: 'report.tex', bytes: Buffer.from(rankDocument(analysis, 'latex')) };
  yield { name: 'report.json', bytes: Buffer.from(rankDocument(analysis, 'json', source.leftOut)) };
  yield { name: 'ranking.csv', bytes: Buffer.from(rankDocument(analysis, 'csv')) };
  yield { name: 'pairs.csv', bytes: Buffer.from(formatCsv(pairsData(analysis))) };
  if (files === 'data') return;
  yield { name: 'report.html', bytes: Buffer.from(renderRankReport(analysis, source)) };
  yield* figureFiles(rankFigures(analysis));
}
