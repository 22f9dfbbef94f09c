import type { JobServiceService, Lease } from '@oneshot/contracts';
import { Code, type Logger, type ServiceClient, ServiceError } from '@oneshot/service-kit';
import { isLeaseLost } from '../queue/lease-errors.js';
import type { RunProgress } from '../runs/run-record.js';
import { progressMessage } from '../service/run-message.js';

/** Why a job is no longer this worker's. */
export type LossReason = 'lease lost' | 'cancelled';

const progressEveryMs = 1000;
const callDeadlineMs = 5000;

/**
 * Sends heartbeats for one lease until it is closed or lost. A service that cannot be reached is no
 * loss: only its answer is.
 */
export class LeaseKeeper {
  readonly #jobs: ServiceClient<typeof JobServiceService>;
  readonly #lease: Lease;
  readonly #logger: Logger;
  readonly #everyMs: number;
  readonly #lost = new AbortController();
  #reason: LossReason | undefined;
  #progress: RunProgress | undefined;
  #told: RunProgress | undefined;
  #unanswered = false;
  #lastSent = performance.now();
  #timer: NodeJS.Timeout | undefined;
  #sending: Promise<void> = Promise.resolve();
  #closed = false;

  constructor(jobs: ServiceClient<typeof JobServiceService>, lease: Lease, logger: Logger) {
    this.#jobs = jobs;
    this.#lease = lease;
    this.#logger = logger;
    const leaseMs = lease.deadline ? new Date(lease.deadline).getTime() - Date.now() : 0;
    // A third of the lease, within bounds that hold when the two machines' clocks differ.
    this.#everyMs = Math.min(5000, Math.max(200, leaseMs / 3));
    this.#schedule();
  }

  /** Aborted when the job is no longer this worker's. */
  get lost(): AbortSignal {
    return this.#lost.signal;
  }

  get reason(): LossReason | undefined {
    return this.#reason;
  }

  get progress(): RunProgress | undefined {
    return this.#progress;
  }

  report(progress: RunProgress): void {
    this.#progress = progress;
  }

  /** Notes a refusal met by another call under the same lease. */
  noteLoss(error: unknown): void {
    if (isLeaseLost(error)) this.#lose('lease lost');
  }

  /** Sends no more heartbeats; the last one has been answered when this resolves. */
  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    await this.#sending;
  }

  #lose(reason: LossReason): void {
    if (this.#reason) return;
    this.#reason = reason;
    this.#lost.abort(new Error(reason));
  }

  #schedule(): void {
    if (this.#closed || this.#reason) return;
    this.#timer = setTimeout(
      () => {
        const since = performance.now() - this.#lastSent;
        const news = this.#progress !== this.#told && since >= progressEveryMs;
        if (news || since >= this.#everyMs) this.#sending = this.#send();
        void this.#sending.then(() => this.#schedule());
      },
      Math.min(100, this.#everyMs),
    );
  }

  async #send(): Promise<void> {
    const progress = this.#progress;
    this.#lastSent = performance.now();
    try {
      const { cancelled } = await this.#jobs.heartbeat(
        { lease: this.#lease, progress: progress && progressMessage(progress) },
        { deadlineMs: callDeadlineMs, retry: { attempts: 1 } },
      );
      this.#told = progress;
      this.#unanswered = false;
      if (cancelled) this.#lose('cancelled');
    } catch (error) {
      if (isLeaseLost(error)) this.#lose('lease lost');
      else if (!this.#unanswered) this.#tellOfSilence(error);
    }
  }

  /** Once for each outage, however long it lasts. */
  #tellOfSilence(error: unknown): void {
    this.#unanswered = true;
    const { jobId: runId } = this.#lease;
    if (error instanceof ServiceError && error.code === Code.UNAVAILABLE) {
      this.#logger.warn({ runId }, 'service unreachable, computing on');
    } else {
      this.#logger.warn({ err: error, runId }, 'heartbeat failed, computing on');
    }
  }
}
