import { randomBytes } from 'node:crypto';
import { type FieldFault, invalidArgument } from '@oneshot/service-kit';
import type { Transaction } from 'kysely';
import { nextPosition } from '../runs/queue-position.js';
import type { RunRow, RunTables } from '../runs/tables.js';
import { changeJob, changeRun } from '../runs/write-run.js';
import { afterFailure } from './after-failure.js';
import type { HeldLease, JobLease, JobQueue, JobQueueOptions } from './job-queue-types.js';
import { invalidResultReason, leaseLost } from './lease-errors.js';
import { LeaseTimes } from './lease-times.js';
import { LeaseWaiters } from './lease-waiters.js';
import { Pauses } from './pauses.js';
import { takeBack } from './take-back.js';

const mostCounted = 1000;

/**
 * The queue over the runs of one kind. Leases that were held when this process last stopped are
 * given their full time again, since their workers could not reach it meanwhile. No clock that
 * somebody may set decides anything: jobs are taken in the order of the numbers they were queued
 * under, leases and pauses are measured by the time since this machine started.
 */
export async function createJobQueue(options: JobQueueOptions): Promise<JobQueue> {
  const { runs, database } = options;
  const { kind } = runs;
  const leaseMs = options.leaseMs ?? 15_000;
  const policy = { maxFailures: options.maxFailures ?? 5, backoffMs: options.backoffMs ?? 1000 };
  const maxLosses = options.maxLosses ?? 20;
  const waiters = new LeaseWaiters();
  const pauses = new Pauses();

  const held = await database.queries
    .selectFrom('runs')
    .select(['id', 'fence'])
    .where('kind', '=', kind)
    .where('state', '=', 'RUNNING')
    .execute();
  const times = new LeaseTimes(leaseMs, held);

  const forget = runs.onChange(() => waiters.wake());

  const sweepMs = Math.max(50, leaseMs / 10);
  async function sweep(): Promise<void> {
    for (const lease of times.expired(sweepMs)) {
      const changed = await database.transaction(async (transaction) => {
        // A heartbeat may have come while this waited for its turn.
        return times.hasExpired(lease) && (await takeBack(transaction, kind, lease, maxLosses));
      });
      if (times.hasExpired(lease)) times.forget(lease);
      if (changed) runs.announce(lease.id);
    }
  }

  const sweeping = setInterval(() => {
    // A sweep that fails, say on a full disk, is made up for by the next one.
    sweep().catch(() => undefined);
  }, sweepMs);
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
      const mine = row?.kind === kind && row.fence === lease.fence && row.lease_token === lease.token;
      if (!mine) throw leaseLost(lease.jobId, lease.fence);
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

  /** Jobs that could be taken now, in the order of the queue. */
  async function due(queries: typeof database.queries, limit: number): Promise<readonly string[]> {
    const queued = await queries
      .selectFrom('runs')
      .select(['id', 'sequence'])
      .where('kind', '=', kind)
      .where('state', '=', 'QUEUED')
      .orderBy('queue_position')
      .orderBy('id')
      .limit(limit + pauses.size)
      .execute();
    return queued.filter((run) => !pauses.has(run)).map(({ id }) => id);
  }

  async function take(workerId: string): Promise<JobLease | undefined> {
    const row = await database.transaction(async (transaction) => {
      const [id] = await due(transaction, 1);
      if (id === undefined) return undefined;
      const next = await transaction.selectFrom('runs').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
      const leased = {
        state: 'RUNNING' as const,
        fence: next.fence + 1,
        lease_token: randomBytes(16).toString('hex'),
        worker_id: workerId,
        attempt: next.attempt + 1,
      };
      return { ...(await changeRun(transaction, next, leased, 'started')), lease_token: leased.lease_token };
    });
    if (!row) return undefined;
    const deadline = times.renew(row);
    runs.announce(row.id);
    return {
      jobId: row.id,
      fence: row.fence,
      token: row.lease_token,
      deadline,
      spec: JSON.parse(row.spec) as JobLease['spec'],
      checkpoint: row.checkpoint ?? undefined,
      attempt: row.attempt,
    };
  }

  return {
    async lease(workerId, waitMs, signal) {
      const end = performance.now() + waitMs;
      for (;;) {
        const mark = waiters.mark();
        const lease = await take(workerId);
        const left = end - performance.now();
        if (lease || signal.aborted || left <= 0 || waiters.closed) return lease;
        await waiters.wait(mark, Math.min(left, pauses.next() ?? left), signal);
      }
    },

    heartbeat: (lease, progress) =>
      holding(lease, async (transaction, row) => {
        if (row.state === 'CANCELLED') return { deadline: Date.now(), cancelled: true };
        if (row.state !== 'RUNNING') throw leaseLost(lease.jobId, lease.fence);
        const told = progress && JSON.stringify(progress);
        if (told && told !== row.progress) await changeRun(transaction, row, { progress: told }, undefined);
        return { deadline: times.renew(row), cancelled: false };
      }),

    recordCheckpoint: (lease, artifact, progress) =>
      holding(lease, async (transaction, row) => {
        if (row.state !== 'RUNNING') throw leaseLost(lease.jobId, lease.fence);
        const told = progress && JSON.stringify(progress);
        let job = row;
        if (artifact !== row.checkpoint) {
          const moved = { checkpoint: artifact, checkpoint_before: row.checkpoint };
          job = await changeJob(transaction, row, { ...moved, failures: 0, losses: 0 });
        }
        if (told && told !== row.progress) await changeRun(transaction, job, { progress: told }, undefined);
        const kept = [job.checkpoint, job.checkpoint_before];
        const superseded = kept.includes(row.checkpoint_before) ? undefined : (row.checkpoint_before ?? undefined);
        return { deadline: times.renew(row), superseded };
      }),

    complete: (lease, result) =>
      holding(lease, async (transaction, row) => {
        const superseded = row.checkpoint_before ?? undefined;
        // The answer to the first call may have been lost.
        if (row.state === 'SUCCEEDED') return { superseded };
        if (row.state !== 'RUNNING') throw leaseLost(lease.jobId, lease.fence);
        const text = JSON.stringify(result);
        const faults = [
          ...sizeFaults(text),
          ...((await options.resultFaults?.(result, JSON.parse(row.spec) as JobLease['spec'])) ?? []),
        ];
        if (faults.length > 0) throw invalidArgument(faults, invalidResultReason);
        const ended = { state: 'SUCCEEDED' as const, result: text };
        await changeRun(transaction, row, { ...ended, failure_reason: null, failure_message: null }, 'completed');
        return { superseded };
      }),

    fail: (lease, failure, retryable) =>
      holding(lease, async (transaction, row) => {
        // Cancelled, given back already, or ended by the first of two equal calls: there is nothing
        // left to do.
        if (row.state !== 'RUNNING') return;
        const after = afterFailure(row, failure, retryable, policy);
        if (after.ends) {
          await changeRun(transaction, row, after.columns, 'failed');
          return;
        }
        const columns = { ...after.columns, queue_position: await nextPosition(transaction, kind) };
        const queued = await changeRun(transaction, row, columns, 'requeued');
        if (after.pauseMs > 0) pauses.begin(queued, after.pauseMs);
      }),

    waiting: async () => Math.min(mostCounted, (await due(database.queries, mostCounted)).length),

    async close() {
      clearInterval(sweeping);
      forget();
      waiters.close();
    },
  };
}

/** Most characters of a result: with its spec it travels in one message. */
const mostCharacters = 1024 * 1024;

function sizeFaults({ length }: string): readonly FieldFault[] {
  if (length <= mostCharacters) return [];
  const [found, allowed] = [`${length} characters of JSON`, `at most ${mostCharacters}`];
  return [{ path: 'result', found, allowed, message: `found ${found}; allowed: ${allowed}` }];
}
