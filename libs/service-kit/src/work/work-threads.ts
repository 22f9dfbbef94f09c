import { Code, ServiceError } from '../service-error.js';
import { WorkThread } from './work-thread.js';

export interface WorkThreadsOptions {
  /** A module that calls `serveWork`. */
  readonly program: URL;
  /** Pieces of work done at the same time, each in a thread of its own. Default 2. */
  readonly threads?: number;
  /** Pieces of work that may wait for a thread; more are RESOURCE_EXHAUSTED. Default 16. */
  readonly waiting?: number;
  /**
   * Longest time of one piece of work, in seconds; a longer one is RESOURCE_EXHAUSTED. Default 300.
   */
  readonly seconds?: number;
  /**
   * Most memory of one piece of work, in MiB, buffers not counted; more is RESOURCE_EXHAUSTED.
   * Default 2048.
   */
  readonly memoryMiB?: number;
}

/**
 * Threads for work that would hold up the thread that serves: so many at a time, within bounds of
 * time and memory.
 */
export class WorkThreads {
  readonly #program: URL;
  readonly #threads: number;
  readonly #most: number;
  readonly #seconds: number;
  readonly #memoryMiB: number;
  readonly #queue: (() => void)[] = [];
  #idle: WorkThread[] = [];
  #busy = 0;
  #closed = false;

  constructor({ program, threads = 2, waiting = 16, seconds = 300, memoryMiB = 2048 }: WorkThreadsOptions) {
    this.#program = program;
    this.#threads = threads;
    this.#most = waiting;
    this.#seconds = seconds;
    this.#memoryMiB = memoryMiB;
  }

  /**
   * Results of one piece of work, as they come. Aborting the signal ends it at once.
   *
   * @param transfer buffers of the input that are handed over instead of being copied.
   */
  async *run(input: unknown, signal: AbortSignal, transfer: readonly ArrayBuffer[] = []): AsyncIterable<unknown> {
    await this.#turn(signal);
    const thread = this.#idle.pop() ?? new WorkThread(this.#program, this.#memoryMiB);
    const controller = new AbortController();
    const stop = () => controller.abort(signal.reason);
    signal.addEventListener('abort', stop, { once: true });
    const timer = setTimeout(() => controller.abort(this.#late()), this.#seconds * 1000);
    let whole = false;
    try {
      if (signal.aborted) stop();
      yield* thread.results(input, controller.signal, transfer);
      whole = true;
    } finally {
      clearTimeout(timer);
      signal.removeEventListener('abort', stop);
      if (whole && !thread.ended && !this.#closed) this.#idle.push(thread);
      else await thread.terminate();
      const next = this.#queue.shift();
      if (next === undefined) this.#busy -= 1;
      else next();
    }
  }

  /** Ends the threads that have nothing to do; those at work end with their work. */
  async close(): Promise<void> {
    this.#closed = true;
    const idle = this.#idle;
    this.#idle = [];
    await Promise.all(idle.map((thread) => thread.terminate()));
  }

  /** Waits until a thread may be taken; who ends hands the place to the next in the queue. */
  async #turn(signal: AbortSignal): Promise<void> {
    if (this.#busy < this.#threads) {
      this.#busy += 1;
      return;
    }
    if (this.#queue.length >= this.#most) throw this.#full();
    await new Promise<void>((resolve, reject) => {
      const begin = () => {
        signal.removeEventListener('abort', leave);
        resolve();
      };
      const leave = () => {
        this.#queue.splice(this.#queue.indexOf(begin), 1);
        reject(signal.reason);
      };
      this.#queue.push(begin);
      signal.addEventListener('abort', leave, { once: true });
      if (signal.aborted) leave();
    });
  }

  #late(): ServiceError {
    const message = `The request needs more than the ${this.#seconds} s of computing one may take.`;
    return new ServiceError({ code: Code.RESOURCE_EXHAUSTED, reason: 'TOO_MUCH_WORK', message });
  }

  #full(): ServiceError {
    const message = `${this.#threads} requests are being worked on, and ${this.#most} wait; try again later.`;
    return new ServiceError({ code: Code.RESOURCE_EXHAUSTED, reason: 'TOO_MANY_REQUESTS', message });
  }
}
