import { type CellDefinition, cellKinds, optionsAt, reductionCells } from './cell-definition.js';

interface DefinitionFault {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** Channels of the last cell, at the most. */
const WIDEST = 8192;

/** Everything that keeps a cell of one's own from being built, beyond the types of its fields. */
export function cellFaults(definition: CellDefinition): readonly DefinitionFault[] {
  const wiring = [...edgeFaults(definition), ...concatFaults(definition), ...keptFaults(definition)];
  const stacking = stackingFaults(definition);
  // What can be reached is only a question once every edge and cell stands at its place.
  return wiring.length + stacking.length > 0 ? [...wiring, ...stacking] : reachFaults(definition);
}

function edgeFaults({ inputs, nodes, edges = [] }: CellDefinition): DefinitionFault[] {
  const last = inputs + nodes - 1;
  return edges.flatMap(({ cell, from, to }, index) => {
    const faults: DefinitionFault[] = [];
    if (to < inputs || to > last) {
      const message = `found ${to}; allowed: the nodes ${inputs} to ${last}`;
      faults.push({ path: ['edges', index, 'to'], message });
    }
    if (from >= to) {
      const what = from === to ? 'reads itself' : `reads state ${from}, which comes later`;
      const allowed = to > 0 ? `; allowed: 0 to ${to - 1}` : '';
      faults.push({ path: ['edges', index, 'from'], message: `found ${from}: node ${to} ${what}, a cycle${allowed}` });
    }
    const same = edges.findIndex(
      (other) =>
        other.from === from &&
        other.to === to &&
        (other.cell === undefined || cell === undefined || other.cell === cell),
    );
    if (same < index) {
      const message = `the edge from ${from} to ${to} stands in edges[${same}] already`;
      faults.push({ path: ['edges', index], message });
    }
    return faults;
  });
}

function concatFaults({ inputs, nodes, concat = [] }: CellDefinition): DefinitionFault[] {
  return concat.flatMap((state, index) => {
    const path = ['concat', index];
    const allowed = `allowed: the nodes ${inputs} to ${inputs + nodes - 1}`;
    if (state < inputs) {
      const message = `found ${state}, an input, which a reduction cell's nodes are smaller than; ${allowed}`;
      return [{ path, message }];
    }
    if (state >= inputs + nodes) return [{ path, message: `found ${state}; ${allowed}` }];
    return concat.indexOf(state) < index ? [{ path, message: `found ${state} a second time` }] : [];
  });
}

function keptFaults({ inputs, kept, edges = [] }: CellDefinition): DefinitionFault[] {
  if (kept === 'all') return [];
  const faults: DefinitionFault[] =
    inputs === 1
      ? [{ path: ['kept'], message: 'found 2; a cell of one input has a node of one edge; allowed: all' }]
      : [];
  edges.forEach(({ options }, index) => {
    if (options.every((name) => name === 'none')) {
      const message = 'found none alone; where two edges are kept per node every edge can be kept';
      faults.push({ path: ['edges', index, 'options'], message });
    }
  });
  return faults;
}

function stackingFaults(definition: CellDefinition): DefinitionFault[] {
  const { cells, channels, reductions } = definition;
  const faults: DefinitionFault[] = [];
  if (reductions !== 'thirds') {
    reductions.forEach((cell, index) => {
      const path = ['reductions', index];
      if (cell >= cells) faults.push({ path, message: `found ${cell}; allowed: the cells 0 to ${cells - 1}` });
      if (reductions.indexOf(cell) < index) faults.push({ path, message: `found ${cell} a second time` });
    });
  }
  const halvings = reductionCells(definition).length;
  if (channels * 2 ** halvings > WIDEST) {
    const message = `found ${channels}, which ${halvings} reductions make ${channels * 2 ** halvings}; allowed: up to ${WIDEST}`;
    faults.push({ path: ['channels'], message });
  }
  return faults;
}

/** Cells, nodes, inputs and edges that nothing comes from, or that lead nowhere. */
function reachFaults(definition: CellDefinition): DefinitionFault[] {
  const { inputs, nodes, edges = [] } = definition;
  const kinds = cellKinds(definition);
  const faults: DefinitionFault[] = edges.flatMap(({ cell }, index) =>
    cell === undefined || kinds.includes(cell)
      ? []
      : [
          {
            path: ['edges', index, 'cell'],
            message: `found "${cell}"; the network has no such cell: it is unreachable`,
          },
        ],
  );
  const result = definition.concat ?? Array.from({ length: nodes }, (_, node) => node + inputs);
  for (const kind of kinds) {
    const leads = (from: number, to: number) => optionsAt(definition, kind, to, from).some((name) => name !== 'none');
    const states = Array.from({ length: inputs + nodes }, (_, state) => state);
    const fed = new Set(states.slice(0, inputs));
    for (const to of states.slice(inputs)) if ([...fed].some((from) => leads(from, to))) fed.add(to);
    const used = new Set(result);
    for (const from of [...states].reverse()) {
      if (states.some((to) => to > from && to >= inputs && used.has(to) && leads(from, to))) used.add(from);
    }
    for (const state of states) {
      const what = state < inputs ? `input ${state}` : `node ${state}`;
      if (!fed.has(state)) {
        faults.push({ path: ['edges'], message: `${what} of ${kind} cells is unreachable: no edge leads to it` });
      } else if (!used.has(state)) {
        const message = `${what} of ${kind} cells reaches nothing: no later node reads it, and concat leaves it out`;
        faults.push({ path: [state < inputs ? 'edges' : 'concat'], message });
      }
    }
  }
  return faults;
}
