import type { BackendName, BackendOptions } from './info.js';

const backends: readonly (BackendName | 'auto')[] = ['auto', 'native', 'reference', 'tensorflow'];

/**
 * The engine's options from the environment of a process: `ONESHOT_THREADS`, else what the process
 * may use; `ONESHOT_BACKEND`, else the fastest there is. Throws an Error for a backend that does
 * not exist.
 */
export function environmentOptions(environment: NodeJS.ProcessEnv = process.env): BackendOptions {
  const threads = environment.ONESHOT_THREADS;
  const backend = environment.ONESHOT_BACKEND;
  const known = backends.find((name) => name === backend);
  if (backend && known === undefined) {
    throw new Error(`ONESHOT_BACKEND: found ${JSON.stringify(backend)}; allowed: ${backends.join(', ')}`);
  }
  return { ...(threads ? { threads: Number(threads) } : {}), ...(known ? { backend: known } : {}) };
}
