import type { BranchBody, RandomStream, StateShape, Tensor } from '@oneshot/engine';
import type { Bank } from '../build/bank.js';
import type { ValueShape } from '../build/value.js';

/** What an operation is told where it is used: plain JSON, such as `{ stride: 2 }`. */
export type OperationOptions = Readonly<Record<string, number | boolean | string>>;

/** How operations are built in one network. */
export interface NetworkStyle {
  /** Learned scale and shift after every norm: not while searching, yes while retraining. */
  readonly affine: boolean;
  /** A norm after pooling: in the search of DARTS-like spaces only (Liu et al. 2019, code). */
  readonly poolNorm: boolean;
}

/** Where a fusible operation is written into a cell schedule. */
export interface Place {
  /** The state it reads, as far as it sees it. */
  readonly input: StateShape;
  readonly style: NetworkStyle;
  /** Hands out room for weights and statistics. */
  readonly bank: Bank;
}

/** How a parameter starts: PyTorch's defaults. */
export type Initialisation =
  | { readonly kind: 'uniform'; readonly fanIn: number }
  | { readonly kind: 'constant'; readonly value: 0 | 1 };

/** One array an operation learns or keeps statistics in. */
export interface ParameterSpec {
  /** Unique within the operation, such as `kernel`. */
  readonly key: string;
  readonly shape: readonly number[];
  readonly initialisation: Initialisation;
  /** `statistic`: running means and variances, which no optimizer changes. Default `weight`. */
  readonly sort?: 'weight' | 'statistic';
  /**
   * Axes along which a smaller operation takes the middle of a larger one's array, as kernel sizes
   * do (Sukthanker et al. 2023); along the others it takes the first entries. Default none.
   */
  readonly centred?: readonly number[];
}

/** Batch statistics of a norm: the keys of the parameters they are folded into. */
export interface NormStatistics {
  readonly mean: { readonly key: string; readonly values: Tensor };
  /** Biased. */
  readonly variance: { readonly key: string; readonly values: Tensor };
  /** Values behind each statistic, per example. */
  readonly pixels: number;
}

/** What a composed operation runs on. */
export interface OperationCall<O> {
  /** Each `[batch, …shape]`. */
  readonly inputs: readonly Tensor[];
  readonly options: O;
  /** By key, cut to size; running statistics as well. */
  readonly parameters: Readonly<Record<string, Tensor>>;
  /** `eval` normalises by running statistics and draws nothing. */
  readonly mode: 'train' | 'eval';
  /**
   * Random numbers of this step and place; a pure function of both. Null where nothing may be
   * drawn.
   */
  readonly stream: RandomStream | null;
}

export interface OperationResult {
  /** `[batch, …shape]`. */
  readonly output: Tensor;
  readonly statistics?: readonly NormStatistics[];
}

/** The part of an ONNX graph's builder that operations use. Values are channels-first there. */
export interface OnnxGraph {
  node(
    operator: string,
    inputs: readonly string[],
    name: string,
    attributes?: Readonly<Record<string, number | readonly number[] | { readonly float: number }>>,
  ): string;
  floats(values: Float32Array, dims: readonly number[], name: string): string;
  integers(values: readonly number[], name: string): string;
  scalar(value: number, name: string): string;
}

/** What an operation writes itself into an ONNX graph with. */
export interface OnnxCall<O> {
  readonly graph: OnnxGraph;
  readonly inputs: readonly string[];
  readonly shapes: readonly ValueShape[];
  readonly options: O;
  /** By key, in the layout of the engine, with their shapes. */
  readonly parameters: Readonly<Record<string, { readonly values: Float32Array; readonly shape: readonly number[] }>>;
  /** Prefix of the names it gives. */
  readonly at: string;
}

interface OperationBase<O> {
  /** Unique in the table. */
  readonly name: string;
  /** What it computes, in a sentence. */
  readonly summary: string;
  /**
   * Whether it can stand on an edge of a cell: one state in, `stride` its only option, the channels
   * kept. Default false.
   */
  readonly edge?: boolean;
  /** Shape of the result. Throws RangeError where it cannot work, saying what it needs. */
  shape(inputs: readonly ValueShape[], options: O): ValueShape;
}

/** An operation that is one branch of a cell schedule; run, exported and counted through it. */
export interface FusedOperation<O = OperationOptions> extends OperationBase<O> {
  readonly kind: 'fused';
  /** Whether it lowers to a chain of stages, so that two in a row are one branch. */
  readonly staged: boolean;
  lower(place: Place, options: O): BranchBody;
}

/** An operation composed of primitive ones on the tape. */
export interface ComposedOperation<O = OperationOptions> extends OperationBase<O> {
  readonly kind: 'composed';
  parameters(inputs: readonly ValueShape[], options: O): readonly ParameterSpec[];
  run(call: OperationCall<O>): OperationResult;
  /** Name of the result. */
  onnx(call: OnnxCall<O>): string;
  /** Multiplications with additions, for one example. */
  multiplyAdds(inputs: readonly ValueShape[], options: O): number;
}

export type Operation = FusedOperation | ComposedOperation;
