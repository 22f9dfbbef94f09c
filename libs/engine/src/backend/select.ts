import { enableProdMode, setBackend } from '@tensorflow/tfjs-core';
import { EngineError, invalidArgument } from '../errors.js';
import { setOptimizerArithmetic } from '../optimizers/arithmetic.js';
import { referenceBackendName } from '../reference/register.js';
import type { BackendInfo, BackendName, BackendOptions } from './info.js';

let current: BackendInfo = { name: 'reference', threads: 1, simd: 'none', reason: 'No backend was selected yet.' };

/** The backend in use. Before `selectBackend`: the reference. */
export function backendInfo(): BackendInfo {
  return current;
}

async function useReference(reason?: string): Promise<BackendInfo> {
  await setBackend(referenceBackendName);
  setOptimizerArithmetic(null);
  return { name: 'reference', threads: 1, simd: 'none', ...(reason === undefined ? {} : { reason }) };
}

async function use(backend: BackendName | 'auto'): Promise<BackendInfo> {
  switch (backend) {
    case 'reference':
      return useReference();
    case 'auto':
      return useReference('The native backend is not built.');
    default:
      throw new EngineError('backend_unavailable', `The backend ${backend} is not there.`);
  }
}

/**
 * Chooses the backend for everything that follows in this process. Tensors made before stay on the backend they are on;
 * choose first.
 * @throws EngineError `backend_unavailable` when the one asked for cannot run, saying what to do
 */
export async function selectBackend({ backend = 'auto', threads }: BackendOptions = {}): Promise<BackendInfo> {
  if (threads !== undefined && (!Number.isInteger(threads) || threads < 1 || threads > 256)) {
    invalidArgument('threads', `expected a whole number in 1 … 256, found ${threads}`);
  }
  enableProdMode();
  current = await use(backend);
  return current;
}
