import type { ExecutionContext } from './execution.js';

const pollMs = 50;

/**
 * A signal that aborts when the execution is asked to stop, for work that yields now and then. End
 * it with `close`.
 */
export function executionStopSignal(context: ExecutionContext): { readonly signal: AbortSignal; close(): void } {
  const controller = new AbortController();
  const timer = setInterval(() => {
    if (context.stopRequested()) controller.abort();
  }, pollMs);
  return { signal: controller.signal, close: () => clearInterval(timer) };
}
