import {
  engine,
  getKernelsForBackend,
  type KernelConfig,
  registerKernel,
  unregisterKernel,
} from '@tensorflow/tfjs-core';
import { EngineError } from '../errors.js';
import { FusedKernel } from '../kernels/names.js';
import { NativeBackend } from '../native/backend.js';

/** What one kind of kernel took. */
export interface KernelTime {
  readonly kernel: string;
  /** Wall time, summed over threads. */
  readonly seconds: number;
  readonly calls: number;
}

/**
 * Runs `fn` and tells where the native backend's cells spent their time, the longest first. Costs a
 * few percent while it runs.
 * @throws EngineError `unsupported` on other backends
 */
export function traceKernels<T>(fn: () => T): { readonly result: T; readonly kernels: readonly KernelTime[] } {
  const { addon } = nativeBackend();
  addon.resetTrace();
  addon.setTrace(true);
  try {
    const result = fn();
    return { result, kernels: addon.trace() };
  } finally {
    addon.setTrace(false);
  }
}

/**
 * Runs `fn` with cells made of single kernels, as backends that cannot run a cell in one call do,
 * and tells where their time went: what fusing saves. Kernels that a kernel calls count as part of
 * it.
 * @throws EngineError `unsupported` on other backends
 */
export function tracePrimitives<T>(fn: () => T): { readonly result: T; readonly kernels: readonly KernelTime[] } {
  const threads = nativeBackend().addon.threads();
  const { backendName } = engine();
  const times = new Map<string, { kernel: string; seconds: number; calls: number }>();
  let depth = 0;
  const timed = (config: KernelConfig): KernelConfig => ({
    ...config,
    kernelFunc: (parameters) => {
      const started = performance.now();
      depth++;
      try {
        return config.kernelFunc(parameters);
      } finally {
        depth--;
        if (depth === 0) {
          const entry = times.get(config.kernelName) ?? { kernel: config.kernelName, seconds: 0, calls: 0 };
          times.set(config.kernelName, entry);
          entry.seconds += (threads * (performance.now() - started)) / 1000;
          entry.calls += 1;
        }
      }
    },
  });
  const kernels = getKernelsForBackend(backendName);
  const replace = (configs: readonly KernelConfig[]): void => {
    for (const { kernelName } of getKernelsForBackend(backendName)) unregisterKernel(kernelName, backendName);
    for (const config of configs) registerKernel(config);
  };
  replace(kernels.filter(({ kernelName }) => kernelName !== FusedKernel.cell).map(timed));
  try {
    const result = fn();
    return { result, kernels: [...times.values()].sort((a, b) => b.seconds - a.seconds) };
  } finally {
    replace(kernels);
  }
}

function nativeBackend(): NativeBackend {
  const { backend } = engine();
  if (backend instanceof NativeBackend) return backend;
  throw new EngineError('unsupported', 'Only the native backend traces its kernels.');
}
