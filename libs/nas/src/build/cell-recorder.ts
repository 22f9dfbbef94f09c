import type { StateShape } from '@oneshot/engine';
import type { Slot } from '../network.js';
import type { OperationOptions } from '../operations/operation.js';
import { operationOf } from '../operations/table.js';
import { mapShape, shapeOf, type Value, type ValueShape } from './value.js';

/** One operation of a branch. */
export interface RecordedOperation {
  readonly operation: string;
  readonly options: OperationOptions;
  readonly input: ValueShape;
  readonly shape: ValueShape;
}

/** One way from a state to a node: operations in a row; none at all is the state itself. */
export interface RecordedBranch {
  readonly operations: readonly RecordedOperation[];
  /** Null: it counts once, as it is. */
  readonly slot: Slot | null;
  /**
   * `places`: it does not run, but its weights keep their places; `bare`: its coefficient is added
   * besides.
   */
  readonly presence: 'runs' | 'places' | 'bare';
}

/** Channels that bypass the branches (Xu et al. 2020). */
export interface RecordedPartial {
  readonly keep: number;
  readonly stride: 1 | 2;
  readonly bypass: Slot | null;
}

export interface RecordedEdge {
  readonly from: number;
  readonly branches: readonly RecordedBranch[];
  readonly partial?: RecordedPartial;
  readonly shape: StateShape;
}

export interface RecordedNode {
  readonly edges: readonly RecordedEdge[];
  readonly shape: StateShape;
}

/** A cell as its space described it. States are numbered: the inputs first, then the nodes. */
export interface RecordedCell {
  readonly inputs: readonly StateShape[];
  readonly nodes: readonly RecordedNode[];
  readonly output: readonly number[];
}

/** A state of the cell that is being described. */
export class State implements Value {
  constructor(
    readonly recorder: CellRecorder,
    readonly index: number,
    readonly shape: ValueShape,
  ) {}
}

/**
 * Edges that lead nowhere yet: what an operation, a choice, or a sum of these gives until it is
 * used.
 */
export class Edges implements Value {
  constructor(
    readonly recorder: CellRecorder,
    readonly edges: readonly RecordedEdge[],
    readonly shape: ValueShape,
  ) {}
}

/** Takes down the states and edges of one cell. */
export class CellRecorder {
  readonly #inputs: readonly StateShape[];
  readonly #nodes: RecordedNode[] = [];

  constructor(inputs: readonly StateShape[]) {
    this.#inputs = inputs;
  }

  get inputs(): readonly State[] {
    return this.#inputs.map((shape, index) => new State(this, index, shapeOf(shape)));
  }

  /** A state by its number. */
  stateAt(index: number): State {
    const shape = this.#inputs[index] ?? this.#nodes[index - this.#inputs.length]?.shape;
    if (shape === undefined) throw new RangeError(`the cell has no state ${index} yet`);
    return new State(this, index, shapeOf(shape));
  }

  /**
   * An operation on a state; after an operation that is a stage like itself it is a stage more of
   * the same branch.
   */
  apply(operation: string, from: Value, options: OperationOptions): Edges {
    const { shape: shapeAfter, ...found } = operationOf(operation);
    const staged = (name: string): boolean => {
      const other = operationOf(name);
      return other.kind === 'fused' && other.staged;
    };
    const before = from instanceof Edges ? from.edges : [];
    const [edge, ...more] = before;
    const [branch, ...others] = edge?.branches ?? [];
    const next = (input: ValueShape): RecordedOperation => ({
      operation,
      options,
      input,
      shape: shapeAfter([input], options),
    });
    const last = branch?.operations.at(-1);
    const continues =
      edge !== undefined &&
      more.length + others.length === 0 &&
      branch?.slot === null &&
      edge.partial === undefined &&
      last !== undefined &&
      staged(last.operation) &&
      found.kind === 'fused' &&
      found.staged;
    if (continues && edge !== undefined && branch !== undefined) {
      const step = next(edge.shape === undefined ? [] : shapeOf(edge.shape));
      const operations = [...branch.operations, step];
      return this.#edges([{ ...edge, branches: [{ ...branch, operations }], shape: mapShape(step.shape) }], step.shape);
    }
    const state = this.state(from);
    const step = next(state.shape);
    const made: RecordedBranch = { operations: [step], slot: null, presence: 'runs' };
    return this.#edges([{ from: state.index, branches: [made], shape: mapShape(step.shape) }], step.shape);
  }

  /** A value as edges: a state is an edge that changes nothing. */
  edges(value: Value): readonly RecordedEdge[] {
    if (value instanceof Edges) return value.edges;
    const state = this.state(value);
    return [
      { from: state.index, branches: [{ operations: [], slot: null, presence: 'runs' }], shape: mapShape(state.shape) },
    ];
  }

  /** Edges side by side, all into the same node. */
  sum(edges: readonly RecordedEdge[], shape: ValueShape): Edges {
    return this.#edges(edges, shape);
  }

  /**
   * A value as a state: loose edges become a node. Throws RangeError for a value of another cell.
   */
  state(value: Value): State {
    if (value instanceof State && value.recorder === this) return value;
    if (!(value instanceof Edges) || value.recorder !== this) {
      throw new RangeError('a cell reads its own states only: name what it needs among its inputs');
    }
    this.#nodes.push({ edges: value.edges, shape: mapShape(value.shape) });
    return new State(this, this.#inputs.length + this.#nodes.length - 1, value.shape);
  }

  finish(outputs: readonly Value[]): RecordedCell {
    const output = outputs.map((value) => this.state(value).index);
    return { inputs: this.#inputs, nodes: this.#nodes, output };
  }

  #edges(edges: readonly RecordedEdge[], shape: ValueShape): Edges {
    return new Edges(this, edges, shape);
  }
}
