import type { OperationOptions } from '../operations/operation.js';
import type { Value } from './value.js';

/** Choices whose options are numbers, by what the numbers stand for: a kernel size, a width. */
export type Dimensions = Readonly<Record<string, string>>;

/** One number for each dimension. */
export type Picked = Readonly<Record<string, number>>;

/**
 * What a space describes its network with, once, for supernet, path, pruned and derived network
 * alike. Which of them comes of it depends on the selection the builder holds, never on the space.
 */
export interface Builder {
  /** The images. */
  readonly input: Value;
  /** How many numbers the network has to give for an example. */
  readonly outputs: number;

  /**
   * Whether options are mixed or drawn: a supernet or a path through one, not a derived network.
   */
  readonly searching: boolean;

  /** Whether an operation of an edge has weights. */
  learns(operation: string): boolean;

  /**
   * Everything made within `body` has names that begin with `name`.
   */
  named<T>(name: string, body: () => T): T;

  /**
   * An operation of the table. `name` says what its weights are called; default: the operation's
   * name.
   */
  apply(operation: string, from: Value | readonly Value[], options?: OperationOptions, name?: string): Value;

  /**
   * A decision: `body` is called for every option that exists, and what it gives is mixed. Options
   * may read different values; in a network without mixing the one that is left stands alone. An
   * edge that is gone contributes nothing.
   */
  choose(choice: string, body: (option: string) => Value): Value;

  /**
   * The options that exist at a choice, each scaled by its weight, side by side: what `choose` adds
   * up. At least one.
   */
  keep(choice: string, body: (option: string) => Value): readonly Value[];

  /**
   * Layers whose sizes are decisions. `body` describes them at one size each. Where the network
   * shares its weights between sizes, those of smaller variants are parts of the largest one's: the
   * middle of a kernel, the first channels; else each variant has weights of its own.
   */
  elastic(dimensions: Dimensions, body: (picked: Picked) => Value): Value;

  /** Sum; narrower values are filled up with zeros. */
  add(values: readonly Value[]): Value;

  /** Side by side along channels or features. */
  concat(values: readonly Value[]): Value;

  /**
   * A cell: states and edges between them, fused into one call where the engine can. Inside, sums
   * are states, and operations lead from state to state. `body` gives the states whose
   * concatenation is the result.
   */
  cell(name: string, inputs: readonly Value[], body: (inputs: readonly Value[]) => readonly Value[]): Value;

  /**
   * The field's classifier: norm and ReLU if asked for, global average pooling, one dense layer.
   * Ends the network.
   */
  classify(features: Value, style: { readonly norm: boolean; readonly relu: boolean }): Value;
}
