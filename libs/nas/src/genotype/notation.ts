import { NasError } from '../errors.js';
import { findSpace } from '../spaces/registry.js';
import { type Genotype, type GenotypeCell, type GenotypeEdge, genotypeCells } from './genotype.js';
import { formatNamed, isNamed, parseNamed } from './named-notation.js';
import { parseGenotypeJson } from './validate.js';

/**
 * The field's notation where a space has one: `Genotype(normal=[('sep_conv_3x3', 0), …],
 * normal_concat=range(2, 6), reduce=…, reduce_concat=…)` for DARTS and the toy cell,
 * `|nor_conv_3x3~0|+|none~0|skip_connect~1|+…` for NAS-Bench-201. Else the space's name with what
 * was picked: `conv_macro(layer1.channels=16; layer1.kernel=5)`. Edges are printed as they stand.
 */
export function formatGenotype(genotype: Genotype): string {
  const notation = findSpace(genotype.space)?.notation;
  if (notation === undefined) return formatNamed(genotype);
  if (notation === 'bars') {
    const nodes = genotypeCells(genotype)[0]?.[1].nodes ?? [];
    return nodes.map((edges) => `|${edges.map(({ op, from }) => `${op}~${from}`).join('|')}|`).join('+');
  }
  const parts = genotypeCells(genotype).map(([name, cell]) => {
    const edges = cell.nodes.flat().map(({ op, from }) => `('${op}', ${from})`);
    return `${name}=[${edges.join(', ')}], ${name}_concat=${formatConcat(cell.concat)}`;
  });
  return `Genotype(${parts.join(', ')})`;
}

function formatConcat(concat: readonly number[]): string {
  const first = concat[0];
  const consecutive = first !== undefined && concat.every((state, index) => state === first + index);
  return consecutive ? `range(${first}, ${first + concat.length})` : `[${concat.join(', ')}]`;
}

/**
 * Reads any notation, or the JSON form as text. Which space is meant shows in the text: bars for
 * NAS-Bench-201; otherwise a result that starts at state 1 for the toy cell, at state 2 or later
 * for DARTS. Throws NasError `invalid_genotype`.
 */
export function parseGenotype(text: string): Genotype {
  const trimmed = text.trim();
  if (trimmed.startsWith('{')) return parseGenotypeJson(readJson(trimmed));
  if (trimmed.startsWith('|')) return parseBars(trimmed);
  if (/^Genotype\s*\(/.test(trimmed)) return parseTuple(trimmed);
  if (isNamed(trimmed)) return parseNamed(trimmed);
  throw fault(`found ${JSON.stringify(excerpt(trimmed))}; expected Genotype(normal=…), |op~0|+|…| or JSON`);
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw fault(`not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function parseBars(text: string): Genotype {
  const nodes = text.split('+').map((part, index) => {
    const body = /^\|(.+)\|$/.exec(part.trim())?.[1];
    if (body === undefined)
      throw fault(`node ${index + 1}: found ${JSON.stringify(excerpt(part))}; expected |op~state|…|`);
    return body.split('|').map((edge) => {
      const match = /^([a-z0-9_]+)~(\d+)$/.exec(edge.trim());
      if (match === null) throw fault(`node ${index + 1}: found ${JSON.stringify(excerpt(edge))}; expected op~state`);
      return { op: match[1], from: Number(match[2]) };
    });
  });
  return parseGenotypeJson({ space: 'nasbench201', cells: { cell: { nodes, concat: [nodes.length] } } });
}

function parseTuple(text: string): Genotype {
  const fields = new Map<string, string>();
  const pattern = /(normal|reduce)(_concat)?\s*=\s*(range\s*\([^)]*\)|\[[^\]]*\])/g;
  const rest = text.replace(pattern, (_, group: string, suffix: string | undefined, value: string) => {
    const name = group + (suffix ?? '');
    if (fields.has(name)) throw fault(`${name} stands twice`);
    fields.set(name, value);
    return '';
  });
  if (!/^Genotype\s*\([\s,]*\)$/.test(rest)) throw fault(`cannot read ${JSON.stringify(excerpt(rest))}`);
  const cells: Record<string, unknown> = {};
  let space: 'darts' | 'toy_cell' | undefined;
  for (const group of ['normal', 'reduce']) {
    const edges = fields.get(group);
    const concat = fields.get(`${group}_concat`);
    if (edges === undefined && concat === undefined) continue;
    if (edges === undefined || concat === undefined) throw fault(`${group} and ${group}_concat belong together`);
    const cell = readCell(group, readEdges(group, edges), readConcat(group, concat));
    if (cell === null) continue;
    if (space !== undefined && space !== cell.space) throw fault('normal and reduce belong to different spaces');
    space = cell.space;
    cells[group] = cell.content;
  }
  if (space === undefined) throw fault('no cell');
  return parseGenotypeJson({ space, cells });
}

type RawEdge = Omit<GenotypeEdge, 'op'> & { readonly op: string };

function readCell(
  group: string,
  edges: readonly RawEdge[],
  concat: readonly number[],
): { space: 'darts' | 'toy_cell'; content: { nodes: RawEdge[][]; concat: GenotypeCell['concat'] } } | null {
  if (edges.length === 0) return null;
  const toy = Math.min(...concat) === 1;
  const nodes: RawEdge[][] = [];
  for (let taken = 0; taken < edges.length; ) {
    const size = toy ? nodes.length + 1 : 2;
    const node = edges.slice(taken, taken + size);
    if (node.length < size) throw fault(`${group}: ${edges.length} edges do not fill whole nodes`);
    nodes.push(node);
    taken += size;
  }
  return { space: toy ? 'toy_cell' : 'darts', content: { nodes, concat } };
}

function readEdges(group: string, text: string): RawEdge[] {
  const edges: RawEdge[] = [];
  const rest = text.slice(1, -1).replace(/\(\s*['"]([^'"]*)['"]\s*,\s*(-?\d+)\s*\)/g, (_, op: string, from: string) => {
    edges.push({ op, from: Number(from) });
    return '';
  });
  if (!/^[\s,]*$/.test(rest)) throw fault(`${group}: cannot read ${JSON.stringify(excerpt(rest))}`);
  return edges;
}

function readConcat(group: string, text: string): number[] {
  const range = /^range\s*\(\s*(\d+)\s*,\s*(\d+)\s*\)$/.exec(text);
  if (range !== null) {
    const [first, end] = [Number(range[1]), Number(range[2])];
    if (end - first > 64) throw fault(`${group}_concat: ${text} is longer than any cell`);
    return Array.from({ length: Math.max(0, end - first) }, (_, index) => first + index);
  }
  const list = /^\[\s*(\d+(?:\s*,\s*\d+)*)?\s*,?\s*\]$/.exec(text);
  if (list === null) throw fault(`${group}_concat: cannot read ${JSON.stringify(excerpt(text))}`);
  return (list[1] ?? '').split(',').filter(Boolean).map(Number);
}

function excerpt(text: string): string {
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

function fault(message: string): NasError {
  return new NasError('invalid_genotype', [{ path: 'genotype', message }]);
}
