import { z } from 'zod';
import { type Fault, NasError, refuse } from '../errors.js';
import { SPACE_NAMES } from '../spaces/definition.js';
import { isPrimitive } from '../spaces/primitives.js';
import type { GroupName, Space } from '../spaces/space.js';
import { faultsOf } from '../zod-faults.js';
import { type Genotype, type GenotypeCell, genotypeCells } from './genotype.js';

const edge = z.strictObject({ op: z.string(), from: z.int() });
const cell = z.strictObject({ nodes: z.array(z.array(edge)), concat: z.array(z.int()) });
const shape = z.strictObject({
  space: z.enum(SPACE_NAMES as [Genotype['space'], ...Genotype['space'][]]),
  cells: z.strictObject({ normal: cell.optional(), reduce: cell.optional(), cell: cell.optional() }),
});

/**
 * Reads the JSON form. Checks types, that operations are known, and that no edge reads its own or a later node (a cycle); whether it
 * belongs to a given space is checkGenotype's question. Throws NasError `invalid_genotype` with every fault.
 */
export function parseGenotypeJson(value: unknown): Genotype {
  const result = shape.safeParse(value);
  if (!result.success) throw new NasError('invalid_genotype', faultsOf(result.error, value, 'genotype'));
  const genotype = result.data as Genotype;
  const inputs = genotype.space === 'darts' ? 2 : 1;
  const faults = genotypeCells(genotype).flatMap(([group, content]) => wiringFaults(group, content, inputs));
  if (genotypeCells(genotype).length === 0) faults.push({ path: 'genotype.cells', message: 'no cell' });
  refuse('invalid_genotype', faults);
  return genotype;
}

function wiringFaults(group: GroupName, content: GenotypeCell, inputs: number): Fault[] {
  const faults: Fault[] = [];
  const at = `genotype.cells.${group}`;
  for (const [index, edges] of content.nodes.entries()) {
    const node = index + inputs;
    const seen = new Set<string>();
    for (const [position, { op, from }] of edges.entries()) {
      const path = `${at}.nodes[${index}][${position}]`;
      if (!isPrimitive(op)) faults.push({ path: `${path}.op`, message: `unknown operation ${JSON.stringify(op)}` });
      if (from < 0) faults.push({ path: `${path}.from`, message: `found ${from}; states are numbered from 0` });
      if (from >= node) {
        const what = from === node ? 'reads itself' : `reads state ${from}, which comes later`;
        const message = `node ${node} ${what}: a cycle; allowed 0 to ${node - 1}`;
        faults.push({ path: `${path}.from`, message });
      }
      if (seen.has(`${op} ${from}`)) {
        faults.push({ path, message: `the edge ${op} from ${from} stands twice in this node` });
      }
      seen.add(`${op} ${from}`);
    }
  }
  const states = inputs + content.nodes.length;
  for (const [position, state] of content.concat.entries()) {
    const path = `${at}.concat[${position}]`;
    if (state < 0 || state >= states) faults.push({ path, message: `found ${state}; allowed 0 to ${states - 1}` });
    if (content.concat.indexOf(state) < position) faults.push({ path, message: `state ${state} stands twice` });
  }
  return faults;
}

/** Everything that keeps a genotype from being built in a space; empty when it belongs there. */
export function genotypeFaults(space: Space, genotype: Genotype): readonly Fault[] {
  if (genotype.space !== space.name) {
    return [{ path: 'genotype.space', message: `found ${genotype.space}; the space is ${space.name}` }];
  }
  const faults: Fault[] = [];
  for (const group of space.groups) {
    const content = genotype.cells[group.name];
    if (content === undefined) {
      faults.push({ path: `genotype.cells.${group.name}`, message: 'missing' });
      continue;
    }
    faults.push(
      ...wiringFaults(group.name, content, space.topology.inputs),
      ...spaceFaults(space, group.name, content),
    );
  }
  for (const [name] of genotypeCells(genotype)) {
    if (!space.groups.some((group) => group.name === name)) {
      faults.push({
        path: `genotype.cells.${name}`,
        message: `no such cell; allowed: ${space.groups.map((group) => group.name).join(', ')}`,
      });
    }
  }
  return faults;
}

function spaceFaults(space: Space, group: GroupName, content: GenotypeCell): Fault[] {
  const faults: Fault[] = [];
  const at = `genotype.cells.${group}`;
  const { inputs, nodes, concat, kept } = space.topology;
  const options: readonly string[] = space.definition.primitives;
  if (content.nodes.length !== nodes) {
    faults.push({ path: `${at}.nodes`, message: `found ${content.nodes.length} nodes; the space has ${nodes}` });
  }
  for (const [index, edges] of content.nodes.entries()) {
    const wanted = kept === 'all' ? index + inputs : kept;
    if (edges.length !== wanted) {
      faults.push({ path: `${at}.nodes[${index}]`, message: `found ${edges.length} edges; allowed ${wanted}` });
    }
    if (kept === 'all' && new Set(edges.map(({ from }) => from)).size < edges.length) {
      faults.push({ path: `${at}.nodes[${index}]`, message: 'two edges read the same state; one from each is wanted' });
    }
    for (const [position, { op }] of edges.entries()) {
      const path = `${at}.nodes[${index}][${position}].op`;
      if (isPrimitive(op) && !options.includes(op)) {
        faults.push({ path, message: `${op} is not in this space; allowed: ${options.join(', ')}` });
      }
      if (op === 'none' && kept !== 'all') faults.push({ path, message: 'none is never kept in this space' });
    }
  }
  if ([...content.concat].sort((a, b) => a - b).join() !== concat.join()) {
    const message = `found [${content.concat.join(', ')}]; the space concatenates [${concat.join(', ')}]`;
    faults.push({ path: `${at}.concat`, message });
  }
  return faults;
}

/** Throws NasError `invalid_genotype` with every fault unless the genotype belongs to the space. */
export function checkGenotype(space: Space, genotype: Genotype): void {
  refuse('invalid_genotype', genotypeFaults(space, genotype));
}
