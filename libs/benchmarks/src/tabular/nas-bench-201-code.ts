import { canonicalGenotype, formatGenotype, type Genotype, hasCells, parseGenotype } from '@oneshot/nas';
import { BenchmarkError } from '../errors.js';

/** The operations of NAS-Bench-201, by their digit in a code. */
const OPERATIONS = ['none', 'skip_connect', 'nor_conv_1x1', 'nor_conv_3x3', 'avg_pool_3x3'] as const;
const DIGITS: ReadonlyMap<string, number> = new Map(OPERATIONS.map((op, digit) => [op, digit]));

/** Number of architectures, 5⁶: one of five operations on each of six edges. */
export const NAS_BENCH_201_SIZE = OPERATIONS.length ** 6;

/** Value of a digit, by node and by the state the edge comes from. */
const PLACES: readonly (readonly number[])[] = [[1], [5, 25], [125, 625, 3125]];
const EVERY_PLACE = PLACES.flat().reduce((sum, place) => sum + place);

/**
 * One number per architecture, base 5 with a digit per edge; the order in which edges are written
 * does not matter.
 *
 * @throws BenchmarkError `unknown-architecture`
 */
export function nasBench201Code(genotype: Genotype): number {
  const nodes = hasCells(genotype) ? genotype.cells.cell?.nodes : undefined;
  if (genotype.space !== 'nasbench201' || nodes?.length !== 3) throw unknown(genotype);
  let code = 0;
  // Differs from the sum of all places if an edge stands twice.
  let seen = 0;
  for (let node = 0; node < 3; node++) {
    const edges = nodes[node];
    const places = PLACES[node];
    if (edges === undefined || places === undefined || edges.length !== places.length) throw unknown(genotype);
    for (let i = 0; i < edges.length; i++) {
      const edge = edges[i];
      const digit = edge && DIGITS.get(edge.op);
      const place = edge && places[edge.from];
      if (digit === undefined || place === undefined) throw unknown(genotype);
      seen += place;
      code += digit * place;
    }
  }
  if (seen !== EVERY_PLACE) throw unknown(genotype);
  return code;
}

const NOTATION = /^\|(\w+)~0\|\+\|(\w+)~0\|(\w+)~1\|\+\|(\w+)~0\|(\w+)~1\|(\w+)~2\|$/;

/**
 * The same from text: the benchmark's notation with edges in any order, or JSON.
 *
 * @throws BenchmarkError `unknown-architecture`; NasError `invalid_genotype` for text that is no
 * genotype
 */
export function nasBench201CodeOfText(text: string): number {
  const operations = NOTATION.exec(text)
    ?.slice(1)
    .map((op) => DIGITS.get(op));
  // Anything unusual goes the long way, which can tell what is wrong.
  if (!operations?.every((digit) => digit !== undefined)) return nasBench201Code(parseGenotype(text));
  return operations.reduce((code, digit, place) => code + digit * OPERATIONS.length ** place, 0);
}

function unknown(genotype: Genotype): BenchmarkError {
  const found = formatGenotype(canonicalGenotype(genotype)).slice(0, 120);
  const allowed = `six edges |op~0|+|op~0|op~1|+|op~0|op~1|op~2| with ops ${OPERATIONS.join(', ')}`;
  return new BenchmarkError('unknown-architecture', 'architecture', found, allowed);
}
