import { Worker } from 'node:worker_threads';
import type { RunProgress } from '../runs/run-record.js';
import { sendable } from './sent-error.js';
import type { FromThread, Outcome, ThreadData, ThreadJob, ThreadRequest, ToThread } from './thread-messages.js';

/** What the main thread does for the work. */
export interface ExecutionServices {
  readonly progress: (progress: RunProgress) => void;
  readonly perform: (request: ThreadRequest) => Promise<unknown>;
}

/**
 * The thread that computes, seen from the main thread. One job at a time; the thread is kept for
 * the next one.
 */
export class ExecutionHost {
  readonly #executor: URL;
  readonly #stop = new Int32Array(new SharedArrayBuffer(4));
  #thread: Worker | undefined;

  constructor(executor: URL) {
    this.#executor = executor;
  }

  /** Runs one job. A thread that dies is a retryable failure of the job. */
  run(job: ThreadJob, services: ExecutionServices): Promise<Outcome> {
    Atomics.store(this.#stop, 0, 0);
    const thread = this.#start();
    const send = (message: ToThread) => thread.postMessage(message);
    return new Promise<Outcome>((resolve) => {
      const finish = (outcome: Outcome) => {
        thread.off('message', onMessage);
        thread.off('error', onError);
        thread.off('exit', onExit);
        // Only a thread that ended its work well is trusted with the next job.
        if (outcome.kind !== 'succeeded') {
          if (this.#thread === thread) this.#thread = undefined;
          void thread.terminate();
        }
        resolve(outcome);
      };
      const onError = (error: unknown) => finish(crashed(`The execution crashed: ${error}`));
      const onExit = (code: number) => finish(crashed(`The execution's thread ended with code ${code}.`));
      const onMessage = (message: FromThread) => {
        switch (message.kind) {
          case 'progress':
            services.progress(message.progress);
            return;
          case 'call':
            services.perform(message.request).then(
              (value) => send({ kind: 'answer', call: message.call, value }),
              (error: unknown) => send({ kind: 'refusal', call: message.call, error: sendable(error) }),
            );
            return;
          case 'outcome':
            finish(message.outcome);
            return;
        }
      };
      thread.on('message', onMessage);
      thread.on('error', onError);
      thread.on('exit', onExit);
      send({ kind: 'execute', job });
    });
  }

  /** Asks the running job to stop. */
  requestStop(): void {
    Atomics.store(this.#stop, 0, 1);
  }

  /** Ends the thread now; the running job's outcome is a crash. */
  async terminate(): Promise<void> {
    this.requestStop();
    const thread = this.#thread;
    this.#thread = undefined;
    await thread?.terminate();
  }

  #start(): Worker {
    if (this.#thread) return this.#thread;
    const workerData: ThreadData = { executor: this.#executor.href, stop: this.#stop.buffer as SharedArrayBuffer };
    const thread = new Worker(new URL('./execution-thread.js', import.meta.url), { workerData });
    thread.on('error', () => undefined);
    // A thread that dies between two jobs must not be given the next one.
    thread.on('exit', () => {
      if (this.#thread === thread) this.#thread = undefined;
    });
    this.#thread = thread;
    return thread;
  }
}

function crashed(message: string): Outcome {
  return { kind: 'failed', failure: { reason: 'EXECUTION_CRASHED', message }, retryable: true };
}
