import { selectBackend } from '@oneshot/engine';
import type { Finding } from './finding.js';

/** The backend that computes here, and why it is not a faster one. */
export async function engineFinding(): Promise<Finding> {
  const what = 'engine';
  try {
    const { name, threads, simd, reason } = await selectBackend();
    const vectors = simd === 'none' ? 'no vector instructions' : simd;
    const found = `${name} backend, ${threads} ${threads === 1 ? 'thread' : 'threads'}, ${vectors}`;
    if (name !== 'reference') return { what, found, state: 'well' };
    return {
      what,
      found: reason === undefined ? found : `${found}: ${reason}`,
      state: 'note',
      advice: 'Many times slower than the native backend: install a Rust toolchain, then `npm run build`.',
    };
  } catch (error) {
    const found = error instanceof Error ? error.message : String(error);
    return { what, found, state: 'problem', advice: 'Build oneshot again: `npm run build`.' };
  }
}
