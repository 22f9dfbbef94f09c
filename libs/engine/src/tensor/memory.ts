import {
  dispose as coreDispose,
  keep as coreKeep,
  memory as coreMemory,
  tidy as coreTidy,
  engine,
} from '@tensorflow/tfjs-core';
import type { Tensor } from './tensor.js';
import { tensorsIn } from './tensors-in.js';

/**
 * Runs `fn` and frees every tensor made in it except those in its result and those given to `keep`.
 */
export function tidy<T>(fn: () => T): T {
  let result: { readonly value: T } | undefined;
  coreTidy(() => {
    const value = fn();
    result = { value };
    return tensorsIn(value);
  });
  return (result as { readonly value: T }).value;
}

/** Frees tensors now. Freeing one twice does nothing. */
export function dispose(...tensors: readonly Tensor[]): void {
  coreDispose([...tensors]);
}

/** Takes a tensor out of the enclosing `tidy`: it lives until `dispose`. */
export function keep(t: Tensor): Tensor {
  return coreKeep(t);
}

export interface MemoryUse {
  /** Tensors alive. */
  readonly tensors: number;
  /** Bytes of their values. */
  readonly bytes: number;
  /** Bytes the native backend holds besides, in use or pooled; 0 on other backends. */
  readonly nativeBytes: number;
}

export function memory(): MemoryUse {
  const { numTensors, numBytes } = coreMemory();
  const backend: object = engine().backend;
  const nativeBytes =
    'nativeBytes' in backend && typeof backend.nativeBytes === 'function' ? Number(backend.nativeBytes()) : 0;
  return { tensors: numTensors, bytes: numBytes, nativeBytes };
}
