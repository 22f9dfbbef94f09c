import { randomUUID } from 'node:crypto';
import { hostname, tmpdir } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { JobServiceClient, RegistryServiceClient } from '@oneshot/contracts';
import { Code, connect, ServiceError } from '@oneshot/service-kit';
import { ExecutionHost } from './execution-host.js';
import { runJob } from './run-job.js';
import { makeWorkerDirectory } from './worker-directory.js';
import type { WorkerOptions } from './worker-options.js';

const longestWaitSeconds = 20;
const longestPauseMs = 2000;

/**
 * Takes jobs one after the other until the signal is aborted or the worker has been idle for long
 * enough. Connections and heartbeats live in the calling thread, the work in a thread of its own.
 */
export async function runWorker(options: WorkerOptions): Promise<void> {
  const { signal, logger } = options;
  const workerId = options.workerId ?? `${hostname()}-${process.pid}-${randomUUID().slice(0, 8)}`;
  const jobs = connect(JobServiceClient, options.jobs);
  const registry = connect(RegistryServiceClient, options.registry);
  const host = new ExecutionHost(options.executor);
  const directory = await makeWorkerDirectory(options.directory ?? tmpdir());
  const waitSeconds = Math.min(longestWaitSeconds, options.idleSeconds ?? longestWaitSeconds);
  const surroundings = {
    jobs,
    registry,
    host,
    logger,
    directory: directory.path,
    signal,
    stopGraceMs: options.stopGraceMs ?? 20_000,
  };
  let idleSince = performance.now();
  let failures = 0;
  try {
    while (!signal.aborted) {
      try {
        const { lease, ...job } = await jobs.leaseJob(
          { workerId, waitSeconds },
          { signal, deadlineMs: (waitSeconds + 10) * 1000, retry: { attempts: 1 } },
        );
        failures = 0;
        if (lease) {
          await runJob({ lease, ...job }, surroundings);
          idleSince = performance.now();
        }
      } catch (error) {
        if (signal.aborted) break;
        failures += 1;
        if (failures === 1) logger.warn({ err: error }, 'no job can be taken');
        if (error instanceof ServiceError && error.code === Code.UNIMPLEMENTED) throw error;
        const ms = Math.min(longestPauseMs, 100 * 2 ** Math.min(failures, 20));
        await pause(ms, undefined, { signal }).catch(() => undefined);
      }
      if (options.idleSeconds !== undefined && performance.now() - idleSince >= options.idleSeconds * 1000) break;
    }
  } finally {
    await host.terminate();
    jobs.close();
    registry.close();
    await directory.remove();
  }
}
