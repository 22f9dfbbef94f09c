import { availableParallelism } from 'node:os';
import { setBackend } from '@tensorflow/tfjs-core';
import { EngineError, invalidArgument } from '../errors.js';
import { type Addon, loadAddon } from '../native/addon.js';
import type { NativeBackend } from '../native/backend.js';
import { nativeOptimizerArithmetic } from '../native/optimizer-arithmetic.js';
import { nativeBackendName, registerNativeBackend } from '../native/register.js';
import { setOptimizerArithmetic } from '../optimizers/arithmetic.js';
import { referenceBackendName } from '../reference/register.js';
import { findTensorflow, loadTensorflow } from '../tensorflow/addon.js';
import { tensorflowBackendName } from '../tensorflow/composed.js';
import { registerTensorflowKernels } from '../tensorflow/register.js';
import type { BackendInfo, BackendName, BackendOptions } from './info.js';

let current: BackendInfo = { name: 'reference', threads: 1, simd: 'none', reason: 'No backend was selected yet.' };
let asked: BackendName | 'auto' = 'auto';
let nativeBackend: NativeBackend | undefined;
let tensorflowIsRegistered = false;

/** The backend in use. Before `selectBackend`: the reference. */
export function backendInfo(): BackendInfo {
  return current;
}

/** The backend that was asked for at last, which may have been left open. */
export function askedBackend(): BackendName | 'auto' {
  return asked;
}

async function useReference(reason?: string): Promise<BackendInfo> {
  await setBackend(referenceBackendName);
  setOptimizerArithmetic(null);
  return { name: 'reference', threads: 1, simd: 'none', ...(reason === undefined ? {} : { reason }) };
}

async function useNative(addon: Addon, { threads, simd }: BackendOptions): Promise<BackendInfo> {
  nativeBackend ??= registerNativeBackend(addon);
  nativeBackend.useInstructions(simd);
  if (threads !== undefined) addon.setThreads(threads);
  await setBackend(nativeBackendName);
  setOptimizerArithmetic(nativeOptimizerArithmetic(addon));
  return { name: 'native', threads: addon.threads(), simd: addon.cpuFeatures() };
}

async function useTensorflow(found: Parameters<typeof loadTensorflow>[0]): Promise<BackendInfo> {
  if (!tensorflowIsRegistered) {
    await loadTensorflow(found);
    registerTensorflowKernels();
  }
  tensorflowIsRegistered = true;
  await setBackend(tensorflowBackendName);
  setOptimizerArithmetic(null);
  return { name: 'tensorflow', threads: availableParallelism(), simd: 'chosen by TensorFlow' };
}

async function use(backend: BackendName | 'auto', options: BackendOptions): Promise<BackendInfo> {
  switch (backend) {
    case 'reference':
      return useReference();
    case 'native':
    case 'auto': {
      const found = loadAddon();
      if ('addon' in found) return useNative(found.addon, options);
      if (backend === 'auto') return useReference(found.reason);
      throw new EngineError('backend_unavailable', found.reason);
    }
    case 'tensorflow': {
      const found = findTensorflow();
      if ('reason' in found) throw new EngineError('backend_unavailable', found.reason);
      return useTensorflow(found);
    }
  }
}

/**
 * Chooses the backend, and the instructions of the native one, for everything that follows in this
 * process. Tensors made before stay on the backend they are on; choose first.
 * @throws EngineError `backend_unavailable` when the one asked for cannot run, saying what to do
 */
export async function selectBackend(options: BackendOptions = {}): Promise<BackendInfo> {
  const { backend = 'auto', threads } = options;
  if (threads !== undefined && (!Number.isInteger(threads) || threads < 1 || threads > 256)) {
    invalidArgument('threads', `expected a whole number in 1 … 256, found ${threads}`);
  }
  current = await use(backend, options);
  asked = backend;
  return current;
}
