/** Who computes: `native` the Rust addon, `reference` plain JavaScript, `tensorflow` TensorFlow through tfjs-node. */
export type BackendName = 'native' | 'reference' | 'tensorflow';

export interface BackendInfo {
  readonly name: BackendName;
  /** Threads that kernels use. */
  readonly threads: number;
  /** Vector instructions in use, such as `avx512`; `none` for plain JavaScript. */
  readonly simd: string;
  /** Why this backend and not a faster one, in a sentence; absent where there is nothing to say. */
  readonly reason?: string;
}

export interface BackendOptions {
  /** Default `auto`: native, else reference with a reason. */
  readonly backend?: BackendName | 'auto';
  /** Threads for kernels; default: what the process may use. Results never depend on it. */
  readonly threads?: number;
}
