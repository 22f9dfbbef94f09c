import type { Transaction } from 'kysely';
import type { RunRow, RunTables } from '../runs/tables.js';
import { changeJob, changeRun } from '../runs/write-run.js';
import { expireLeases } from './expire-leases.js';
import type { HeldLease, JobLease, JobQueue, JobQueueOptions } from './job-queue-types.js';
import { leaseLost, workerStoppedReason } from './lease-errors.js';
import { LeaseWaiters } from './lease-waiters.js';

const longestBackoffMs = 60_000;

/**
 * The queue over the runs of one kind. Leases that were held when this process last stopped are given their full time again, since
 * their workers could not reach it meanwhile.
 */
export async function createJobQueue(options: JobQueueOptions): Promise<JobQueue> {
  const { runs, database } = options;
  const { kind } = runs;
  const leaseMs = options.leaseMs ?? 15_000;
  const maxFailures = options.maxFailures ?? 5;
  const maxLosses = options.maxLosses ?? 20;
  const backoffMs = options.backoffMs ?? 1000;
  const waiters = new LeaseWaiters();

  await database.queries
    .updateTable('runs')
    .set({ lease_deadline: Date.now() + leaseMs })
    .where('kind', '=', kind)
    .where('state', '=', 'RUNNING')
    .where('lease_deadline', 'is not', null)
    .execute();

  const forget = runs.onChange(() => waiters.wake());

  async function sweep(): Promise<void> {
    const changed = await database.transaction((transaction) => expireLeases(transaction, kind, Date.now(), maxLosses));
    for (const id of changed) runs.announce(id);
  }

  const sweeping = setInterval(
    () => {
      // A sweep that fails, say on a full disk, is made up for by the next one.
      sweep().catch(() => undefined);
    },
    Math.max(50, leaseMs / 10),
  );
  sweeping.unref();

  /** Runs `work` on a job in a transaction, if the lease is held. */
  async function holding<Result>(
    lease: HeldLease,
    work: (transaction: Transaction<RunTables>, row: RunRow) => Promise<Result>,
  ): Promise<Result> {
    let sequence = 0;
    let after = 0;
    const result = await database.transaction(async (transaction) => {
      const row = await transaction.selectFrom('runs').selectAll().where('id', '=', lease.jobId).executeTakeFirst();
      if (!row || row.kind !== kind || row.fence !== lease.fence) throw leaseLost(lease.jobId, lease.fence);
      sequence = row.sequence;
      const outcome = await work(transaction, row);
      const now = await transaction
        .selectFrom('runs')
        .select('sequence')
        .where('id', '=', lease.jobId)
        .executeTakeFirstOrThrow();
      after = now.sequence;
      return outcome;
    });
    if (after !== sequence) runs.announce(lease.jobId);
    return result;
  }

  async function take(workerId: string): Promise<JobLease | undefined> {
    const now = Date.now();
    const row = await database.transaction(async (transaction) => {
      const next = await transaction
        .selectFrom('runs')
        .selectAll()
        .where('kind', '=', kind)
        .where('state', '=', 'QUEUED')
        .where('available_at', '<=', now)
        .orderBy('available_at')
        .orderBy('id')
        .limit(1)
        .executeTakeFirst();
      if (!next) return undefined;
      const leased = {
        state: 'RUNNING' as const,
        fence: next.fence + 1,
        worker_id: workerId,
        lease_deadline: now + leaseMs,
        attempt: next.attempt + 1,
      };
      return changeRun(transaction, next, leased, 'started');
    });
    if (!row) return undefined;
    runs.announce(row.id);
    return {
      jobId: row.id,
      fence: row.fence,
      deadline: row.lease_deadline ?? now,
      spec: JSON.parse(row.spec) as JobLease['spec'],
      checkpoint: row.checkpoint ?? undefined,
      attempt: row.attempt,
    };
  }

  /** When the next job becomes due that is not due yet. */
  async function nextDue(): Promise<number | undefined> {
    const row = await database.queries
      .selectFrom('runs')
      .select('available_at')
      .where('kind', '=', kind)
      .where('state', '=', 'QUEUED')
      .orderBy('available_at')
      .limit(1)
      .executeTakeFirst();
    return row?.available_at;
  }

  return {
    async lease(workerId, waitMs, signal) {
      const end = Date.now() + waitMs;
      for (;;) {
        const mark = waiters.mark();
        const lease = await take(workerId);
        if (lease || signal.aborted || Date.now() >= end || waiters.closed) return lease;
        const due = await nextDue();
        await waiters.wait(mark, Math.min(end, due ?? end) - Date.now(), signal);
      }
    },

    heartbeat: (lease, progress) =>
      holding(lease, async (transaction, row) => {
        if (row.state === 'CANCELLED') return { deadline: Date.now(), cancelled: true };
        if (row.state !== 'RUNNING') throw leaseLost(lease.jobId, lease.fence);
        const deadline = Date.now() + leaseMs;
        const told = progress && JSON.stringify(progress);
        if (told && told !== row.progress) {
          await changeRun(transaction, row, { progress: told, lease_deadline: deadline }, undefined);
        } else {
          await changeJob(transaction, row, { lease_deadline: deadline });
        }
        return { deadline, cancelled: false };
      }),

    recordCheckpoint: (lease, artifact, progress) =>
      holding(lease, async (transaction, row) => {
        if (row.state !== 'RUNNING') throw leaseLost(lease.jobId, lease.fence);
        const deadline = Date.now() + leaseMs;
        const job = await changeJob(transaction, row, { lease_deadline: deadline, checkpoint: artifact, losses: 0 });
        const told = progress && JSON.stringify(progress);
        if (told && told !== row.progress) await changeRun(transaction, job, { progress: told }, undefined);
        const superseded = row.checkpoint === artifact ? undefined : (row.checkpoint ?? undefined);
        return { deadline, superseded };
      }),

    complete: (lease, result) =>
      holding(lease, async (transaction, row) => {
        // The answer to the first call may have been lost.
        if (row.state === 'SUCCEEDED') return;
        if (row.state !== 'RUNNING') throw leaseLost(lease.jobId, lease.fence);
        const ended = { state: 'SUCCEEDED' as const, result: JSON.stringify(result), lease_deadline: null };
        await changeRun(transaction, row, { ...ended, failure_reason: null, failure_message: null }, 'completed');
      }),

    fail: (lease, failure, retryable) =>
      holding(lease, async (transaction, row) => {
        // Cancelled, given back already, or ended by the first of two equal calls: there is nothing left to do.
        if (row.state !== 'RUNNING') return;
        const now = Date.now();
        if (failure.reason === workerStoppedReason) {
          const back = { state: 'QUEUED' as const, lease_deadline: null, available_at: now };
          await changeRun(transaction, row, back, 'requeued');
          return;
        }
        const failures = row.failures + 1;
        const told = { failure_reason: failure.reason, failure_message: failure.message, failures };
        if (retryable && failures < maxFailures) {
          const pause = Math.min(longestBackoffMs, backoffMs * 2 ** (failures - 1));
          const again = { state: 'QUEUED' as const, lease_deadline: null, available_at: now + pause };
          await changeRun(transaction, row, { ...told, ...again }, 'requeued');
        } else {
          await changeRun(transaction, row, { ...told, state: 'FAILED', lease_deadline: null }, 'failed');
        }
      }),

    async waiting() {
      const row = await database.queries
        .selectFrom('runs')
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .where('kind', '=', kind)
        .where('state', '=', 'QUEUED')
        .where('available_at', '<=', Date.now())
        .executeTakeFirstOrThrow();
      return Number(row.count);
    },

    async close() {
      clearInterval(sweeping);
      forget();
      waiters.close();
    },
  };
}
