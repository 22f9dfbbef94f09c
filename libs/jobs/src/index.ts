/** Long work: runs, leases, workers and launchers. */

export { areStored } from './client/are-stored.js';
export { downloadArtifact, readArtifact, storeArtifact, uploadArtifact } from './client/artifact-transfer.js';
export { type FollowOptions, followRun, isFinalState } from './client/follow-run.js';
export { checkpointMediaType } from './client/media-types.js';
export type { Launcher, WorkerSource } from './launcher/launcher.js';
export { createProcessLauncher } from './launcher/process-launcher.js';
export type { ProcessLauncherOptions } from './launcher/process-launcher-types.js';
export { createJobQueue } from './queue/job-queue.js';
export type { HeldLease, JobLease, JobQueue, JobQueueOptions } from './queue/job-queue-types.js';
export {
  hasEnded,
  type JsonObject,
  type RunChange,
  type RunFailure,
  type RunProgress,
  type RunRecord,
  type RunStateName,
} from './runs/run-record.js';
export { createRunStore } from './runs/run-store.js';
export type { OwnChange, RunPage, RunStore, RunStoreOptions, SubmitOutcome } from './runs/run-store-types.js';
export { migrateRuns, type RunTables } from './runs/tables.js';
export { digestText } from './service/digest-text.js';
export { createJobHandlers } from './service/job-handlers.js';
export {
  createRunHandlers,
  type RunHandlers,
  type RunHandlersOptions,
  type SpecValidation,
} from './service/run-handlers.js';
export { progressMessage, runMessage } from './service/run-message.js';
export { type LocalWorkers, type RunServiceOptions, startRunService } from './service/start-run-service.js';
export { storageErrorForClients, translateStorageError } from './service/translate-storage-error.js';
export { acceptArithmeticVariable, arithmeticOptions } from './worker/arithmetic-options.js';
export { type ExecutionCheckpoints, executionCheckpoints } from './worker/checkpoint-files.js';
export type { Execute, ExecutionContext } from './worker/execution.js';
export { ExecutionError, ExecutionStopped } from './worker/execution-error.js';
export { executionStopSignal } from './worker/execution-stop-signal.js';
export { type CodedErrorClass, nameFailure } from './worker/name-failure.js';
export { runWorker } from './worker/run-worker.js';
export { received, sendable } from './worker/sent-error.js';
export { processStopSignal } from './worker/stop-signal.js';
export type { SentError } from './worker/thread-messages.js';
export type { WorkerOptions } from './worker/worker-options.js';
export { type WorkerArguments, workerArguments, workerProgram } from './worker/worker-program.js';
export { workersBeside, workersVariable } from './worker/workers-beside.js';
