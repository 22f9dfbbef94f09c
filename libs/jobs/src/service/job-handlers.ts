import type { JobServiceService, Lease } from '@oneshot/contracts';
import { type FieldFault, type Handlers, invalidArgument } from '@oneshot/service-kit';
import { isArtifactDigest } from '@oneshot/storage';
import type { HeldLease, JobQueue } from '../queue/job-queue-types.js';
import { progressFromMessage } from './run-message.js';

const longestWaitSeconds = 30;

export interface JobHandlersOptions {
  readonly queue: JobQueue;
  /** Whether the registry has the bytes of that digest, unharmed. */
  readonly isStored: (digest: string) => Promise<boolean>;
}

/** The job service over a queue. */
export function createJobHandlers({ queue, isStored }: JobHandlersOptions): Handlers<typeof JobServiceService> {
  return {
    async leaseJob({ workerId, waitSeconds }, context) {
      if (workerId === '') throw invalid('worker_id', '', 'a name for the worker');
      if (!(waitSeconds >= 0 && waitSeconds <= longestWaitSeconds)) {
        throw invalid('wait_seconds', String(waitSeconds), `0 to ${longestWaitSeconds}`);
      }
      const signal = AbortSignal.any([context.signal, context.stopping]);
      const job = await queue.lease(workerId, waitSeconds * 1000, signal);
      if (!job) return { lease: undefined, spec: undefined, checkpoint: '', attempt: 0 };
      const { spec, checkpoint = '', attempt } = job;
      return { lease: leaseMessage(job, job.deadline), spec, checkpoint, attempt };
    },
    async heartbeat({ lease, progress }) {
      const held = heldLease(lease);
      const { deadline, cancelled } = await queue.heartbeat(held, progressFromMessage(progress));
      return { lease: leaseMessage(held, deadline), cancelled };
    },
    async recordCheckpoint({ lease, artifact, progress }) {
      const held = heldLease(lease);
      if (!isArtifactDigest(artifact)) throw invalid('artifact', artifact, 'a lower-case hex sha256');
      // Only whoever holds the job may have the registry read an artifact.
      await queue.heartbeat(held);
      if (!(await isStored(artifact))) throw invalid('artifact', artifact, 'the digest of a stored artifact');
      const { deadline, superseded = '' } = await queue.recordCheckpoint(held, artifact, progressFromMessage(progress));
      return { lease: leaseMessage(held, deadline), superseded };
    },
    async completeJob({ lease, result }) {
      const { superseded = '' } = await queue.complete(heldLease(lease), result ?? {});
      return { superseded };
    },
    async failJob({ lease, error, retryable }) {
      const failure = { reason: error?.reason || 'UNKNOWN', message: error?.message ?? '' };
      await queue.fail(heldLease(lease), failure, retryable);
      return {};
    },
  };
}

function leaseMessage(lease: HeldLease, deadline: number): Lease {
  return { jobId: lease.jobId, fence: lease.fence, token: lease.token, deadline: new Date(deadline).toISOString() };
}

function heldLease(lease: Lease | undefined): HeldLease {
  if (!lease) throw invalid('lease', '', 'the lease that LeaseJob gave');
  return { jobId: lease.jobId, fence: lease.fence, token: lease.token };
}

function invalid(path: string, found: string, allowed: string): Error {
  const fault: FieldFault = { path, found, allowed, message: `found ${JSON.stringify(found)}; allowed is ${allowed}` };
  return invalidArgument([fault], 'INVALID_REQUEST');
}
