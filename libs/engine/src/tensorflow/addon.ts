import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { engine, type KernelBackend, registerBackend } from '@tensorflow/tfjs-core';
import { tensorflowBackendName } from './composed.js';

const require = createRequire(import.meta.url);
const folder = fileURLToPath(new URL('../../../../.cache/tensorflow/tfjs-node', import.meta.url));
const binding = `${folder}/lib/napi-v8/tfjs_binding.node`;

/** Where TensorFlow is, or why it is not there and what to do. */
export type TensorflowResult =
  | { readonly from: 'package'; readonly entry: string }
  | { readonly from: 'build' }
  | { readonly reason: string };

/**
 * Looks for an installed `@tensorflow/tfjs-node`, then for what `scripts/tensorflow-backend.mjs`
 * builds. Loads nothing.
 */
export function findTensorflow(): TensorflowResult {
  try {
    return { from: 'package', entry: require.resolve('@tensorflow/tfjs-node') };
  } catch {
    if (existsSync(binding)) return { from: 'build' };
    return {
      reason:
        'TensorFlow is not installed: run `node scripts/tensorflow-backend.mjs` (builds it in .cache/tensorflow), or install @tensorflow/tfjs-node 4.22.',
    };
  }
}

interface BackendModule {
  readonly NodeJSKernelBackend: new (binding: unknown, packageName: string) => KernelBackend;
}

/** Loads TensorFlow and makes its backend known to tfjs. */
export async function loadTensorflow(found: Exclude<TensorflowResult, { reason: string }>): Promise<void> {
  // TensorFlow reports on its start-up to standard error, unless asked not to before it is loaded.
  process.env.TF_CPP_MIN_LOG_LEVEL ??= '2';
  if (found.from === 'package') {
    await import(found.entry);
    return;
  }
  require(`${folder}/dist/register_all_kernels.js`);
  const { NodeJSKernelBackend } = require(`${folder}/dist/nodejs_kernel_backend.js`) as BackendModule;
  if (engine().findBackendFactory(tensorflowBackendName) == null) {
    registerBackend(tensorflowBackendName, () => new NodeJSKernelBackend(require(binding), '@tensorflow/tfjs-node'));
  }
}
