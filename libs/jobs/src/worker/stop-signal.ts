/**
 * Set in the environment of workers that a launcher started: their standard input closes when the
 * launcher's process is gone.
 */
export const launchedVariable = 'ONESHOT_LAUNCHED_WORKER';

/**
 * A signal that aborts when this process is asked to stop: by SIGTERM or SIGINT, or, in a worker
 * that a launcher started, by the end of the launcher's process, however it ends. `forceAfterMs`
 * (default 25000) later the process exits in any case.
 */
export function processStopSignal(forceAfterMs = 25_000): AbortSignal {
  const controller = new AbortController();
  const stop = () => {
    if (controller.signal.aborted) return;
    controller.abort();
    setTimeout(() => process.exit(1), forceAfterMs).unref();
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  if (process.env[launchedVariable] !== undefined) {
    process.stdin.on('end', stop);
    process.stdin.on('error', stop);
    process.stdin.resume();
    // Watching must not keep the process alive.
    process.stdin.unref?.();
  }
  return controller.signal;
}
