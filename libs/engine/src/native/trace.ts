import { loadAddon } from './addon.js';

/** Time of one kind of kernel. */
export interface KernelTime {
  readonly kernel: string;
  /** Wall time, summed over threads. */
  readonly seconds: number;
  readonly calls: number;
}

/** Runs `work` and returns what the native kernels took meanwhile, longest first; empty where the native engine is not built. */
export function traceKernels(work: () => void): readonly KernelTime[] {
  const found = loadAddon();
  if (!('addon' in found)) {
    work();
    return [];
  }
  const { addon } = found;
  addon.resetTrace();
  addon.setTrace(true);
  try {
    work();
    return addon.trace().sort((a, b) => b.seconds - a.seconds);
  } finally {
    addon.setTrace(false);
  }
}
