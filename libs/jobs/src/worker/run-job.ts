import { randomUUID } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { JobServiceService, Lease, LeaseJobResponse, RegistryServiceService } from '@oneshot/contracts';
import { Code, type Logger, type ServiceClient, ServiceError } from '@oneshot/service-kit';
import { downloadArtifact } from '../client/artifact-transfer.js';
import { patiently } from '../client/patiently.js';
import { isLeaseLost, workerStoppedReason } from '../queue/lease-errors.js';
import type { JsonObject } from '../runs/run-record.js';
import { ExecutionError } from './execution-error.js';
import type { ExecutionHost } from './execution-host.js';
import { failedOutcome } from './failed-outcome.js';
import { JobServices, releaseCheckpoint } from './job-services.js';
import { LeaseKeeper } from './lease-keeper.js';
import type { Outcome } from './thread-messages.js';

export interface JobSurroundings {
  readonly jobs: ServiceClient<typeof JobServiceService>;
  readonly registry: ServiceClient<typeof RegistryServiceService>;
  readonly host: ExecutionHost;
  readonly logger: Logger;
  /** Folder in which the job gets one of its own. */
  readonly directory: string;
  /** Ends the worker. */
  readonly signal: AbortSignal;
  readonly stopGraceMs: number;
}

/** Does one leased job from checkpoint to result, and tells the service how it ended. */
export async function runJob(leased: LeaseJobResponse & { lease: Lease }, around: JobSurroundings): Promise<void> {
  const { lease } = leased;
  const logger = around.logger.child({ runId: lease.jobId, attempt: leased.attempt });
  const keeper = new LeaseKeeper(around.jobs, lease, logger);
  // Ends the thread at once when the job is lost, and after the grace when the worker is stopped.
  const ended = new AbortController();
  const end = () => {
    ended.abort(new Error('The job has ended.'));
    void around.host.terminate();
  };
  keeper.lost.addEventListener('abort', end, { once: true });
  let grace: NodeJS.Timeout | undefined;
  const stop = () => {
    around.host.requestStop();
    grace = setTimeout(end, around.stopGraceMs);
  };
  around.signal.addEventListener('abort', stop, { once: true });
  if (around.signal.aborted) stop();
  logger.info({ checkpoint: leased.checkpoint || undefined }, 'job taken');
  const directory = join(around.directory, `job-${randomUUID()}`);
  try {
    const outcome = await execute(leased, directory, keeper, ended.signal, around);
    await tellOutcome(outcome, lease, keeper, around, logger, ended.signal);
  } finally {
    clearTimeout(grace);
    around.signal.removeEventListener('abort', stop);
    await keeper.close();
    await rm(directory, { recursive: true, force: true });
  }
}

async function execute(
  leased: LeaseJobResponse & { lease: Lease },
  directory: string,
  keeper: LeaseKeeper,
  signal: AbortSignal,
  around: JobSurroundings,
): Promise<Outcome> {
  try {
    await mkdir(directory);
    const checkpoint = await fetchCheckpoint(leased.checkpoint, directory, around, signal);
    const services = new JobServices({ ...around, lease: leased.lease, keeper, directory, ended: signal });
    const spec = (leased.spec ?? {}) as JsonObject;
    const job = { runId: leased.lease.jobId, attempt: leased.attempt, spec, checkpoint, directory };
    return await around.host.run(job, {
      progress: (progress) => keeper.report(progress),
      perform: (request) => services.perform(request),
    });
  } catch (error) {
    return failedOutcome(error);
  }
}

/**
 * The file of a checkpoint; undefined for none. Throws ExecutionError for one that the registry
 * does not have, or not whole.
 */
async function fetchCheckpoint(
  digest: string,
  directory: string,
  { registry }: JobSurroundings,
  signal: AbortSignal,
): Promise<string | undefined> {
  if (digest === '') return undefined;
  const path = join(directory, 'checkpoint');
  try {
    await downloadArtifact(registry, digest, path, { signal });
    return path;
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    if (error.code !== Code.NOT_FOUND && error.code !== Code.DATA_LOSS) throw error;
    const [reason, what] =
      error.code === Code.NOT_FOUND ? ['CHECKPOINT_MISSING', 'not there any more'] : ['CHECKPOINT_CORRUPT', 'damaged'];
    const message = `The checkpoint ${digest} is ${what}.`;
    throw new ExecutionError({ reason, message, retryable: true, cause: error });
  }
}

async function tellOutcome(
  outcome: Outcome,
  lease: Lease,
  keeper: LeaseKeeper,
  around: JobSurroundings,
  logger: Logger,
  ended: AbortSignal,
): Promise<void> {
  const fail = (reason: string, message: string, retryable: boolean, signal: AbortSignal) =>
    patiently(() => around.jobs.failJob({ lease, error: { reason, message }, retryable }, { signal }), signal);
  const shortly = AbortSignal.timeout(3000);
  try {
    if (keeper.reason === 'lease lost') {
      logger.warn('lease lost, job dropped');
    } else if (keeper.reason === 'cancelled') {
      logger.info('run cancelled');
      await fail('CANCELLED', 'The run was cancelled.', false, shortly);
    } else if (outcome.kind === 'succeeded') {
      const whileHeld = AbortSignal.any([keeper.lost, ended]);
      const call = () => around.jobs.completeJob({ lease, result: outcome.result }, { signal: keeper.lost });
      const answer = await patiently(call, whileHeld).catch((error: unknown) => refusal(error));
      if (answer instanceof ServiceError) {
        logger.warn({ reason: answer.reason, error: answer.message }, 'result refused');
        await fail(answer.reason, `The result was refused: ${answer.message}`, false, whileHeld);
      } else {
        logger.info('job completed');
        await releaseCheckpoint(around.registry, answer.superseded, lease.jobId, AbortSignal.timeout(3000));
      }
    } else if (outcome.kind === 'stopped' || around.signal.aborted) {
      logger.info('job given back');
      await fail(workerStoppedReason, 'The worker was stopped.', true, shortly);
    } else {
      const { reason, message } = outcome.failure;
      logger.warn({ reason, error: message, retryable: outcome.retryable }, 'job failed');
      await fail(reason, message, outcome.retryable, AbortSignal.any([keeper.lost, ended]));
    }
  } catch (error) {
    if (isLeaseLost(error) || keeper.lost.aborted) logger.warn('lease lost, outcome dropped');
    // The service takes the job back when the lease expires.
    else logger.error({ err: error }, 'outcome could not be told');
  }
}

const refusals: ReadonlySet<Code> = new Set([Code.INVALID_ARGUMENT, Code.RESOURCE_EXHAUSTED]);

/** The refusal of a result that would be refused each time; any other error is thrown. */
function refusal(error: unknown): ServiceError {
  if (error instanceof ServiceError && refusals.has(error.code)) return error;
  throw error;
}
