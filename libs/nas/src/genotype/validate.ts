import { z } from 'zod';
import { type Fault, NasError, refuse } from '../errors.js';
import { SPACE_NAMES } from '../spaces/definition.js';
import { isEdgeOperation } from '../spaces/edge-operations.js';
import { findSpace, isModuleName } from '../spaces/registry.js';
import type { CellTopology } from '../spaces/search-space.js';
import type { Space } from '../spaces/space.js';
import { faultsOf } from '../zod-faults.js';
import { type CellGenotype, type Genotype, type GenotypeCell, genotypeCells, hasCells } from './genotype.js';
import { cellOf, selectionOf } from './selection-of.js';

const edge = z.strictObject({ op: z.string(), from: z.int() });
const cell = z.strictObject({ nodes: z.array(z.array(edge)), concat: z.array(z.int()) });
const space = z.string().superRefine((name, context) => {
  if (SPACE_NAMES.includes(name) || isModuleName(name)) return;
  context.addIssue({ code: 'invalid_value', values: [...SPACE_NAMES], input: name });
});
const cells = z.strictObject({ space, cells: z.record(z.string(), cell) });
const picks = z.strictObject({ space, picks: z.record(z.string(), z.array(z.string())) });

/**
 * Reads the JSON form. Checks types, that operations are known, and that no edge reads its own or a
 * later node (a cycle); whether it belongs to a given space is checkGenotype's question. Throws
 * NasError `invalid_genotype` with every fault.
 */
export function parseGenotypeJson(value: unknown): Genotype {
  const schema = typeof value === 'object' && value !== null && 'picks' in value ? picks : cells;
  const result = schema.safeParse(value);
  if (!result.success) throw new NasError('invalid_genotype', faultsOf(result.error, value, 'genotype'));
  const genotype: Genotype = result.data;
  if (!hasCells(genotype)) return genotype;
  const inputs = cellInputs(genotype);
  const faults = genotypeCells(genotype).flatMap(([group, content]) =>
    wiringFaults(genotype.space, group, content, inputs),
  );
  if (genotypeCells(genotype).length === 0) faults.push({ path: 'genotype.cells', message: 'no cell' });
  refuse('invalid_genotype', faults);
  return genotype;
}

/** The cells of a space of that name at its usual size; undefined where it has no cells. */
export function usualTopology(name: string): CellTopology | undefined {
  const found = findSpace(name);
  if (found?.topology === undefined) return undefined;
  const definition = found.schema.safeParse({ name });
  return definition.success ? found.topology(definition.data) : undefined;
}

/**
 * How many states of a cell come from earlier ones: as the space has it; where its cells can be of
 * any size, as many as the first node reads. (Two edges per node are kept only where there are two
 * inputs.)
 */
export function cellInputs(genotype: CellGenotype): number {
  const usual = usualTopology(genotype.space)?.inputs;
  if (usual !== undefined) return usual;
  return Math.max(1, ...genotypeCells(genotype).map(([, { nodes }]) => nodes[0]?.length ?? 0));
}

/** Whether an edge can be of that name anywhere; modules have operations of their own. */
function isKnown(space: string, operation: string): boolean {
  return isModuleName(space) || isEdgeOperation(operation);
}

function wiringFaults(space: string, group: string, content: GenotypeCell, inputs: number): Fault[] {
  const faults: Fault[] = [];
  const at = `genotype.cells.${group}`;
  for (const [index, edges] of content.nodes.entries()) {
    const node = index + inputs;
    const seen = new Set<string>();
    for (const [position, { op, from }] of edges.entries()) {
      const path = `${at}.nodes[${index}][${position}]`;
      if (!isKnown(space, op)) faults.push({ path: `${path}.op`, message: `unknown operation ${JSON.stringify(op)}` });
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
  const { topology } = space;
  if (topology === undefined) {
    return hasCells(genotype)
      ? [
          {
            path: 'genotype.cells',
            message: `architectures of ${space.name} are written as picks: {"choice": ["option"]}`,
          },
        ]
      : pickFaults(space, genotype.picks);
  }
  if (!hasCells(genotype)) {
    return [{ path: 'genotype.picks', message: `architectures of ${space.name} are written as cells` }];
  }
  return cellsFaults(space, genotype, topology);
}

/** Faults of an architecture that is written choice by choice. */
function pickFaults(space: Space, picks: Readonly<Record<string, readonly string[]>>): readonly Fault[] {
  const faults: Fault[] = [];
  const known = new Set(space.choices.map(({ id }) => id));
  for (const id of Object.keys(picks)) {
    if (!known.has(id)) faults.push({ path: `genotype.picks.${id}`, message: `no such choice in ${space.name}` });
  }
  const genotype = { space: space.name, picks };
  const relevant = space.kind.relevant?.(space.definition, selectionOf(space, genotype));
  for (const { id, options, keeps = 1 } of space.choices) {
    const path = `genotype.picks.${id}`;
    const picked = picks[id];
    if (relevant !== undefined && !relevant(id)) {
      if (picked !== undefined) faults.push({ path, message: 'comes to nothing in this architecture: leave it out' });
      continue;
    }
    const wanted = new Set(picked?.filter((option) => options.includes(option)));
    if (picked === undefined || wanted.size !== keeps || picked.length !== keeps) {
      const found = picked === undefined ? 'nothing' : JSON.stringify(picked);
      const count = keeps === 1 ? 'one' : `${keeps} different ones`;
      faults.push({ path, message: `found ${found}; allowed ${count} of ${options.join(', ')}` });
    }
  }
  return faults;
}

function cellsFaults(space: Space, genotype: CellGenotype, topology: CellTopology): readonly Fault[] {
  const faults: Fault[] = [];
  const groups = [...new Set(space.choices.map(cellOf))];
  for (const group of groups) {
    const content = genotype.cells[group];
    if (content === undefined) {
      faults.push({ path: `genotype.cells.${group}`, message: 'missing' });
      continue;
    }
    faults.push(
      ...wiringFaults(space.name, group, content, topology.inputs),
      ...spaceFaults(space, group, content, topology),
    );
  }
  for (const [name] of genotypeCells(genotype)) {
    if (!groups.includes(name)) {
      faults.push({ path: `genotype.cells.${name}`, message: `no such cell; allowed: ${groups.join(', ')}` });
    }
  }
  return faults;
}

function spaceFaults(space: Space, group: string, content: GenotypeCell, topology: CellTopology): Fault[] {
  const faults: Fault[] = [];
  const at = `genotype.cells.${group}`;
  const { inputs, nodes, concat, kept } = topology;
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
    for (const [position, { op, from }] of edges.entries()) {
      const path = `${at}.nodes[${index}][${position}].op`;
      const options = edgeOptionsAt(space, group, index + inputs, from);
      if (isKnown(space.name, op) && !options.includes(op)) {
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

/** Options of an edge; of a node the space does not have, those of its first edge. */
function edgeOptionsAt(space: Space, group: string, node: number, from: number): readonly string[] {
  const own = space.choices.filter((choice) => cellOf(choice) === group);
  const edge = own.find(({ site }) => site?.node === node && site.from === from);
  return (edge ?? own[0])?.options ?? [];
}

/** Throws NasError `invalid_genotype` with every fault unless the genotype belongs to the space. */
export function checkGenotype(space: Space, genotype: Genotype): void {
  refuse('invalid_genotype', genotypeFaults(space, genotype));
}
