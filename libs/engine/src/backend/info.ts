import type { InstructionSet } from '../native/addon.js';

/**
 * Who computes: `native` the Rust addon, `reference` plain JavaScript, `tensorflow` TensorFlow
 * through tfjs-node.
 */
export type BackendName = 'native' | 'reference' | 'tensorflow';

export interface BackendInfo {
  readonly name: BackendName;
  /** Threads that kernels use. */
  readonly threads: number;
  /**
   * Vector instructions in use, such as `avx512`; `none` for plain JavaScript. The bits of results
   * depend on them.
   */
  readonly simd: string;
  /** Why this backend and not a faster one, in a sentence; absent where there is nothing to say. */
  readonly reason?: string;
}

export interface BackendOptions {
  /** Default `auto`: native, else reference with a reason. */
  readonly backend?: BackendName | 'auto';
  /** Threads for kernels; default: what the process may use. Results never depend on it. */
  readonly threads?: number;
  /**
   * Vector instructions of the native backend. Default: the best this machine has, or the lower
   * ones that `ONESHOT_SIMD` names; no better ones can be asked for.
   */
  readonly simd?: InstructionSet;
}
