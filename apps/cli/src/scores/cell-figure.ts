import { cellGraphs } from '@oneshot/evaluator';
import { parseGenotype } from '@oneshot/nas';
import { drawGraph, type Figure, figureGrid } from '@oneshot/plots';
import { nameOrDocument } from '../input/name-or-document.js';

/** The cells of a genotype, given as the field's notation, as JSON, or as a YAML or JSON file. */
export function cellFigure(text: string, title = 'Cells'): Figure {
  const written = nameOrDocument('genotype', text);
  const graphs = cellGraphs(parseGenotype(typeof written === 'string' ? written : JSON.stringify(written)));
  return figureGrid(title, graphs.map(drawGraph), { columns: 1 });
}
