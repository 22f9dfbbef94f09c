import { setTimeout as pause } from 'node:timers/promises';
import type { RetryPolicy } from './client-types.js';
import { Code, ServiceError } from './service-error.js';

export const standardRetry: RetryPolicy = { attempts: 6, firstDelayMs: 100, maxDelayMs: 2000 };

/**
 * Milliseconds to wait after failed attempt number `attempt` (from 1): exponential, bounded, with
 * half of it random.
 */
export function retryDelay(policy: RetryPolicy, attempt: number): number {
  const whole = Math.min(policy.maxDelayMs, policy.firstDelayMs * 2 ** Math.min(attempt - 1, 30));
  return whole / 2 + Math.random() * (whole / 2);
}

/**
 * Repeats `work` while it fails with UNAVAILABLE, for as many attempts as the policy allows;
 * `attempts: Infinity` goes on until the signal is aborted. Other failures, and the last one, are
 * thrown.
 */
export async function retrying<Result>(
  work: () => Promise<Result>,
  options: { readonly retry?: Partial<RetryPolicy>; readonly signal?: AbortSignal } = {},
): Promise<Result> {
  const policy = { ...standardRetry, ...options.retry };
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      const again = error instanceof ServiceError && error.code === Code.UNAVAILABLE && attempt < policy.attempts;
      if (!again || options.signal?.aborted) throw error;
      await pause(retryDelay(policy, attempt), undefined, options.signal ? { signal: options.signal } : {});
    }
  }
}
