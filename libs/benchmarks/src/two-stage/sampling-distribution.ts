import { genotypeCells, parseGenotype } from '@oneshot/nas';
import { BenchmarkError } from '../errors.js';
import type { TabularBenchmark } from '../tabular/benchmark.js';

/** How likely each operation of one edge is drawn; operations left out are never drawn. */
export interface EdgeProbabilities {
  readonly group: string;
  /** The state the edge leads to, and the state it reads; inputs are numbered first. */
  readonly node: number;
  readonly from: number;
  readonly probabilities: Readonly<Record<string, number>>;
}

/**
 * Probability of every architecture, by number, when the operations of its edges are drawn
 * independently ("Picking up the pieces", section 4.1): the product over the edges.
 *
 * @param edges one entry per edge; probabilities of an edge add up to 1 within 1e-3
 * @throws BenchmarkError `wrong-format` for an edge that is missing, given twice, or whose
 * probabilities are none
 */
export function architectureProbabilities(
  benchmark: TabularBenchmark,
  edges: readonly EdgeProbabilities[],
): Float64Array {
  const inputs = 1;
  const known = new Map<string, Readonly<Record<string, number>>>();
  for (const { group, node, from, probabilities } of edges) {
    const edge = `${group}, edge from ${from} to ${node}`;
    const values = Object.values(probabilities);
    const sum = values.reduce((total, value) => total + value, 0);
    if (values.some((value) => !(value >= 0)) || !(Math.abs(sum - 1) <= 1e-3)) {
      throw new BenchmarkError('wrong-format', edge, JSON.stringify(probabilities), 'probabilities that add up to 1');
    }
    if (known.has(edge)) throw new BenchmarkError('wrong-format', edge, 'a second entry', 'one per edge');
    known.set(edge, probabilities);
  }
  return Float64Array.from({ length: benchmark.size }, (_, index) => {
    let product = 1;
    for (const [group, cell] of genotypeCells(parseGenotype(benchmark.notation(index)))) {
      cell.nodes.forEach((entering, node) => {
        for (const { op, from } of entering) {
          const edge = `${group}, edge from ${from} to ${node + inputs}`;
          const probabilities = known.get(edge);
          if (probabilities === undefined)
            throw new BenchmarkError('wrong-format', edge, 'nothing', 'one entry per edge');
          product *= probabilities[op] ?? 0;
        }
      });
    }
    return product;
  });
}
