import { Code, ServiceError } from '@oneshot/service-kit';

/** The reason of every refusal of a lease that is no longer held. */
export const leaseLostReason = 'LEASE_LOST';

/** The reason under which a worker gives a job back unharmed. */
export const workerStoppedReason = 'WORKER_STOPPED';

/** The reason of every refusal of a result that is not what its run promises. */
export const invalidResultReason = 'RESULT_INVALID';

export function leaseLost(jobId: string, fence: number): ServiceError {
  return new ServiceError({
    code: Code.ABORTED,
    reason: leaseLostReason,
    message: `Lease ${fence} of job ${jobId} is not held: the job was given to another worker or has ended. Stop working on it.`,
  });
}

/** Whether a call was refused because its lease is lost. */
export function isLeaseLost(error: unknown): boolean {
  return error instanceof ServiceError && error.code === Code.ABORTED && error.reason === leaseLostReason;
}
