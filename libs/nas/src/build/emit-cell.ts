import type { Block, CellBlock, CellPiece, Slot } from '../network.js';
import type { NetworkStyle } from '../operations/operation.js';
import { operationOf } from '../operations/table.js';
import { blockParameters } from './block-parameters.js';
import type { RecordedBranch, RecordedCell, RecordedEdge } from './cell-recorder.js';
import { isFusible, isFusibleBranch, type MixIndex, packCell } from './pack-cell.js';
import { shapeOf, type ValueShape } from './value.js';

interface Emission {
  readonly name: string;
  /** Blocks that the cell's inputs come from. */
  readonly from: readonly number[];
  readonly style: NetworkStyle;
  /** Length of each choice group's coefficients. */
  readonly columns: ReadonlyMap<string, number>;
  /** Coefficients of the cell's own, for dropping paths. */
  readonly own: number;
  /** Number of the first block that is made here. */
  readonly first: number;
  /**
   * Whether nodes that reach no result are left out; where paths share weights, they keep their
   * places.
   */
  readonly prune: boolean;
}

/** Shape of a cell's result. */
export function cellShape(cell: RecordedCell): ValueShape {
  const shapes = [...cell.inputs, ...cell.nodes.map(({ shape }) => shape)];
  const parts = cell.output.flatMap((state) => shapes[state] ?? []);
  const [first] = parts;
  if (first === undefined) throw new RangeError('a cell has no result');
  return [first.height, first.width, parts.reduce((sum, { channels }) => sum + channels, 0)];
}

/**
 * A cell as blocks: one schedule where all of it can be fused, else one for each piece that can,
 * with composed operations between them.
 */
export function emitCell(
  cell: RecordedCell,
  emission: Emission,
): { readonly blocks: readonly Block[]; readonly shape: ValueShape } {
  const blocks = isFusible(cell) ? [wholeCell(cell, emission)] : new PieceWriter(cell, emission).blocks();
  return { blocks, shape: cellShape(cell) };
}

function wholeCell(cell: RecordedCell, emission: Emission): CellBlock {
  const { name, from, style, prune } = emission;
  const { groups, count, index } = mixOf(cell, emission);
  const reached = prune ? reachedStates(cell) : [...cell.inputs, ...cell.nodes].map((_, state) => state);
  const whole = reached.length === cell.inputs.length + cell.nodes.length;
  const kept = whole ? cell : withStates(cell, reached);
  const schedule = packCell(kept, style, count, index);
  return { kind: 'cell', name, from, groups, schedule, ...(whole ? {} : { piece: { cell: name, states: reached } }) };
}

/** The inputs, and the nodes that reach a result, by number. */
function reachedStates({ inputs, nodes, output }: RecordedCell): readonly number[] {
  const reached = new Set(inputs.map((_, state) => state));
  const pending = [...output];
  for (let state = pending.pop(); state !== undefined; state = pending.pop()) {
    if (reached.has(state)) continue;
    reached.add(state);
    pending.push(...(nodes[state - inputs.length]?.edges.map(({ from }) => from) ?? []));
  }
  return [...reached].sort((a, b) => a - b);
}

/** The cell with some of its states only, renumbered. */
function withStates({ inputs, nodes, output }: RecordedCell, kept: readonly number[]): RecordedCell {
  const renumbered = (state: number): number => kept.indexOf(state);
  return {
    inputs,
    nodes: nodes.flatMap((node, index) =>
      kept.includes(inputs.length + index)
        ? [{ ...node, edges: node.edges.map((edge) => ({ ...edge, from: renumbered(edge.from) })) }]
        : [],
    ),
    output: output.map(renumbered),
  };
}

/** The groups whose coefficients a cell takes, laid out one after the other. */
function mixOf(
  cell: RecordedCell,
  { columns, own, name }: Emission,
): { readonly groups: readonly string[]; readonly count: number; readonly index: MixIndex } {
  const used = cell.nodes.flatMap(({ edges }) =>
    edges.flatMap(({ branches, partial }) => [
      ...branches.flatMap(({ slot }) => (slot === null ? [] : [slot.group])),
      ...(partial?.bypass ? [partial.bypass.group] : []),
    ]),
  );
  const groups = [...new Set(used)];
  const starts = new Map<string, number>();
  let count = 0;
  for (const group of groups) {
    starts.set(group, count);
    count += group === name ? own : (columns.get(group) ?? 0);
  }
  return { groups, count, index: ({ group, index }: Slot) => (starts.get(group) ?? 0) + index };
}

/** Coefficients of composed operations that do not run but are added to their node. */
function bareSlots({ branches }: RecordedEdge): readonly (readonly Slot[])[] {
  const bare = branches.filter((branch) => branch.presence === 'bare');
  const fused = new Set(bare.filter(isFusibleBranch).map(({ slot }) => slot?.index));
  const slots = new Map(
    bare.flatMap(({ slot }) => (slot === null || fused.has(slot.index) ? [] : [[slot.index, slot] as const])),
  );
  return [...slots.values()].map((slot) => [slot]);
}

/** Writes a cell that cannot be fused as a whole: what can be fused of an edge stays one call. */
class PieceWriter {
  readonly #blocks: Block[] = [];
  readonly #cell: RecordedCell;
  readonly #emission: Emission;
  /** The block of each state. */
  readonly #states: number[];

  constructor(cell: RecordedCell, emission: Emission) {
    this.#cell = cell;
    this.#emission = emission;
    this.#states = [...emission.from];
  }

  blocks(): readonly Block[] {
    const { inputs, nodes, output } = this.#cell;
    nodes.forEach(({ edges, shape }, index) => {
      const state = inputs.length + index;
      const terms = edges.flatMap((edge) => this.#edge(edge, state));
      this.#states.push(
        this.#push({
          kind: 'mix',
          name: `${this.#emission.name}.node${state}`,
          from: terms.map(({ block }) => block),
          slots: terms.map(({ slots }) => slots),
          // Once for each coefficient, however many branches it scales; those of fused branches lie
          // in their pieces.
          bare: edges.flatMap(bareSlots),
          shape: shapeOf(shape),
        }),
      );
    });
    const shapes = [...inputs, ...nodes.map(({ shape }) => shape)].map(shapeOf);
    const parts = output.map((state) => shapes[state] ?? []);
    this.#push({
      kind: 'operation',
      name: `${this.#emission.name}.output`,
      operation: 'concat',
      options: {},
      parameters: [],
      inputs: parts,
      shape: cellShape(this.#cell),
      from: output.map((state) => this.#states[state] ?? -1),
    });
    return this.#blocks;
  }

  /** What an edge adds to its node. */
  #edge(edge: RecordedEdge, state: number): readonly { readonly block: number; readonly slots: readonly Slot[] }[] {
    const fused = edge.branches.filter(isFusibleBranch);
    const composed = edge.branches.filter((branch) => !isFusibleBranch(branch) && branch.presence === 'runs');
    if (edge.partial !== undefined && composed.length > 0) {
      throw new RangeError(`${this.#emission.name}: partial connections need operations that can be fused`);
    }
    const terms = composed.map((branch) => ({
      block: this.#composed(branch, edge.from, state),
      slots: branch.slot === null ? [] : [branch.slot],
    }));
    if (fused.length === 0) return terms;
    const whole: RecordedEdge = { ...edge, from: 0, branches: fused };
    const input = [...this.#cell.inputs, ...this.#cell.nodes.map(({ shape }) => shape)][edge.from];
    if (input === undefined) throw new RangeError(`an edge reads state ${edge.from}, which comes later`);
    const cell: RecordedCell = { inputs: [input], nodes: [{ edges: [whole], shape: edge.shape }], output: [1] };
    const name = `${this.#emission.name}.node${state}.from${edge.from}`;
    const piece: CellPiece = { cell: this.#emission.name, states: [edge.from, state] };
    const { groups, count, index } = mixOf(cell, this.#emission);
    const schedule = packCell(cell, this.#emission.style, count, index);
    const from = [this.#states[edge.from] ?? -1];
    return [{ block: this.#push({ kind: 'cell', name, from, groups, piece, schedule }), slots: [] }, ...terms];
  }

  /** Operations in a row, each a block. */
  #composed({ operations }: RecordedBranch, from: number, state: number): number {
    let source = this.#states[from] ?? -1;
    for (const { operation: name, options, input, shape } of operations) {
      const operation = operationOf(name);
      if (operation.kind === 'fused') {
        throw new RangeError(`${this.#emission.name}: ${name} follows an operation that cannot be fused`);
      }
      const place = `${this.#emission.name}.node${state}.from${from}.${name}`;
      const own = operation.parameters([input], options);
      source = this.#push({
        kind: 'operation',
        name: place,
        operation: name,
        options,
        parameters: blockParameters(place, own, own),
        inputs: [input],
        shape,
        from: [source],
      });
    }
    return source;
  }

  #push(block: Block): number {
    this.#blocks.push(block);
    return this.#emission.first + this.#blocks.length - 1;
  }
}
