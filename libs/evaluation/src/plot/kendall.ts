import type { Figure } from '@oneshot/plots';
import { benchmarkAgreement } from '../analysis/benchmark-agreement.js';
import { rankedMeans } from '../analysis/ranked-means.js';
import { kendallMatrix } from '../figures/rank-figures.js';
import type { ScoreSet } from '../input/score-set.js';
import type { FigureOptions } from './figure-options.js';

// A picture of more squares is seen as a surface.
const mostDrawn = 200;

/**
 * How benchmarks agree, each with each; of more than 200 some, evenly through their order, which
 * the title then says.
 */
export function drawKendall(set: ScoreSet, { title, ...labels }: FigureOptions): Figure {
  const { rows, columns, values } = rankedMeans(set).means;
  const drawn = Math.min(rows, mostDrawn);
  const chosen = Array.from({ length: drawn }, (_, at) => Math.round((at * (rows - 1)) / Math.max(1, drawn - 1)));
  const kendall = benchmarkAgreement({
    rows: drawn,
    columns,
    values: Float64Array.from(chosen.flatMap((row) => [...values.subarray(row * columns, (row + 1) * columns)])),
  });
  const few = `Kendall’s τ-b between ${drawn} of ${rows} benchmarks, evenly through their order`;
  return kendallMatrix(
    chosen.map((row) => set.benchmarks[row] ?? ''),
    kendall,
    { ...labels, ...(title !== undefined ? { title } : drawn < rows ? { title: few } : {}) },
  );
}
