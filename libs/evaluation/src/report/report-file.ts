import { figureFormats, renderFigure } from '@oneshot/plots';
import type { NamedFigure } from '../figures/rank-figures.js';

/** A file of a report, under its path within the report's folder. */
export interface ReportFile {
  readonly name: string;
  readonly bytes: Buffer;
}

/** Every figure as SVG, PNG and PDF with its data as CSV. */
export async function* figureFiles(figures: readonly NamedFigure[]): AsyncIterable<ReportFile> {
  for (const { name, figure } of figures) {
    for (const format of figureFormats) {
      yield { name: `figures/${name}.${format}`, bytes: await renderFigure(figure, format) };
    }
  }
}
