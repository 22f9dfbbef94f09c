import type { ZodType } from 'zod';
import type { Builder } from '../build/builder.js';
import type { Selection } from '../build/selection.js';
import type { Value } from '../build/value.js';
import type { ChoiceDeclaration } from './choice.js';

/** A search space with every option filled in; plain JSON. */
export interface SpaceDefinition {
  readonly name: string;
  readonly [option: string]: unknown;
}

/**
 * How the states of a cell hang together, where a space's choices are the operations of a cell's
 * edges.
 */
export interface CellTopology {
  /** States that come from earlier cells. */
  readonly inputs: number;
  /** Intermediate nodes; node i reads every earlier state. */
  readonly nodes: number;
  /** States concatenated into the result. */
  readonly concat: readonly number[];
  /** Edges an architecture keeps per node: two of DARTS, or every one. */
  readonly kept: 2 | 'all';
}

/** Size of the network, where retraining differs from search. Defaults are the space's own. */
export interface NetworkSize {
  /** Cells (of NAS-Bench-201: cells per stage). */
  readonly cells?: number;
  /** Channels of the first cell. */
  readonly channels?: number;
}

/** Which images a network can take. */
export interface ImageRule {
  /** How often height and width are halved. */
  readonly halvings: number;
  /** Smallest height and width. */
  readonly least: number;
  /** Whether every side must be halved without rest. */
  readonly even: boolean;
}

/**
 * A search space: one file says what can be decided, and how a network is built of what was
 * decided.
 */
export interface SearchSpace<D extends SpaceDefinition = SpaceDefinition> {
  readonly name: string;
  /** What it is, in a sentence. */
  readonly summary: string;
  /** Where it comes from: paper, section, code. */
  readonly source: string;
  /** Options a user writes, with their defaults. */
  readonly schema: ZodType<D>;
  /** What has to be written, where a name alone is no definition. Default: the name. */
  readonly example?: Readonly<Record<string, unknown>>;
  /** Every decision, in the order of the rows of α. */
  choices(definition: D): readonly ChoiceDeclaration[];
  /** Describes the network, once, for supernet, path, pruned and derived network alike. */
  build(builder: Builder, definition: D): Value;
  images(definition: D): ImageRule;
  /**
   * Which choices come to anything once these options are picked: not the kernel of a layer that is
   * not there. Others are no part of an architecture. Default: all of them.
   */
  relevant?(definition: D, selection: Selection): (choice: string) => boolean;
  /**
   * Present where the choices are the operations of a cell's edges: then architectures are written
   * as cells.
   */
  topology?(definition: D): CellTopology;
  /** Channels of the first cell; absent where a space has no common width. */
  width?(definition: D): number;
  /** The definition at another size. Throws NasError `invalid_space` for a size it cannot have. */
  resize?(definition: D, size: NetworkSize): D;
  /**
   * How the field writes its architectures: DARTS' tuples, or NAS-Bench-201's bars. Default: the
   * space's name with what was picked.
   */
  readonly notation?: 'tuple' | 'bars';
  /** A norm after every pooling while searching (Liu et al. 2019, code). Default false. */
  readonly poolNorm?: boolean;
  /** Whether norms of derived networks have scale and shift. Default true. */
  readonly affine?: boolean;
  /**
   * Whether paths can be dropped: whether its networks have cells whose operations are chosen.
   * Default: where it has a topology.
   */
  readonly dropsPaths?: boolean;
  /** Whether an auxiliary head can be put at two thirds of the depth. Default false. */
  readonly auxiliary?: boolean;
}
