import { parseSpaceDefinition, type SpaceDefinition, type SpaceName } from './definition.js';
import type { Primitive } from './primitives.js';
import { type LayerPlan, layersOf } from './skeleton.js';

/** Names of the groups: cells of one group share their architecture parameters. */
export type GroupName = 'normal' | 'reduce' | 'cell';

/** One decision: the operation of one edge. Samplers, regularizers and selectors see nothing finer. */
export interface Choice {
  /** Unique in the space, such as `normal.2.0` (group, node, the state it reads). */
  readonly id: string;
  readonly group: GroupName;
  /** Row of the group's α. */
  readonly row: number;
  /** State the edge leads to, and the state it reads. Inputs are numbered first, as in genotypes. */
  readonly node: number;
  readonly from: number;
  readonly options: readonly Primitive[];
}

/** Choices with one common α of shape `[choices, options]`. */
export interface ChoiceGroup {
  readonly name: GroupName;
  readonly options: readonly Primitive[];
  readonly choices: readonly Choice[];
}

/** How the states of a cell hang together. */
export interface CellTopology {
  /** States that come from earlier cells. */
  readonly inputs: 1 | 2;
  /** Intermediate nodes; node i reads every earlier state. */
  readonly nodes: number;
  /** States concatenated into the result. */
  readonly concat: readonly number[];
  /** Whether each input passes ReLU, 1×1 convolution and norm first. */
  readonly preprocess: boolean;
  /** Edges a genotype keeps per node: two of DARTS, or every one. */
  readonly kept: 2 | 'all';
}

/** A search space: choices and how they form a network. Immutable. */
export interface Space {
  readonly name: SpaceName;
  readonly definition: SpaceDefinition;
  readonly topology: CellTopology;
  readonly groups: readonly ChoiceGroup[];
  readonly layers: readonly LayerPlan[];
}

/** Builds a space from its name or definition. Throws NasError `invalid_space` with every fault. */
export function createSpace(input: unknown): Space {
  const definition = Object.freeze(parseSpaceDefinition(input));
  const topology = topologyOf(definition);
  const layers = layersOf(definition);
  const used = new Set(layers.flatMap((layer) => (layer.kind === 'cell' ? [layer.group] : [])));
  const names = (['normal', 'reduce', 'cell'] as const).filter((name) => used.has(name));
  const groups = names.map((name) => groupOf(name, topology, definition.primitives));
  return Object.freeze({ name: definition.name, definition, topology, groups, layers });
}

function groupOf(name: GroupName, topology: CellTopology, primitives: readonly Primitive[]): ChoiceGroup {
  const options = Object.freeze([...primitives]);
  const choices: Choice[] = [];
  for (let node = topology.inputs; node < topology.inputs + topology.nodes; node++) {
    for (let from = 0; from < node; from++) {
      const row = choices.length;
      choices.push(Object.freeze({ id: `${name}.${node}.${from}`, group: name, row, node, from, options }));
    }
  }
  return Object.freeze({ name, options, choices: Object.freeze(choices) });
}

function topologyOf(definition: SpaceDefinition): CellTopology {
  switch (definition.name) {
    case 'toy_cell':
      return { inputs: 1, nodes: 2, concat: [1, 2], preprocess: true, kept: 'all' };
    case 'darts': {
      const concat = Array.from({ length: definition.nodes }, (_, node) => node + 2);
      return { inputs: 2, nodes: definition.nodes, concat, preprocess: true, kept: 2 };
    }
    case 'nasbench201':
      return { inputs: 1, nodes: 3, concat: [3], preprocess: false, kept: 'all' };
  }
}
