import { engine } from '@tensorflow/tfjs-core';
import { EngineError } from '../errors.js';
import { NativeBackend } from '../native/backend.js';

/** What one kind of kernel took. */
export interface KernelTime {
  readonly kernel: string;
  /** Wall time, summed over threads. */
  readonly seconds: number;
  readonly calls: number;
}

/**
 * Runs `fn` and tells where the native backend's cells spent their time, the longest first. Costs a few percent while it runs.
 * @throws EngineError `unsupported` on other backends
 */
export function traceKernels<T>(fn: () => T): { readonly result: T; readonly kernels: readonly KernelTime[] } {
  const { backend } = engine();
  if (!(backend instanceof NativeBackend)) {
    throw new EngineError('unsupported', 'Only the native backend traces its kernels.');
  }
  const { addon } = backend;
  addon.resetTrace();
  addon.setTrace(true);
  try {
    const result = fn();
    return { result, kernels: addon.trace() };
  } finally {
    addon.setTrace(false);
  }
}
