import { Worker } from 'node:worker_threads';
import type { RunProgress } from '../runs/run-record.js';
import { sendable } from './sent-error.js';
import type { FromThread, Outcome, ThreadData, ThreadJob, ThreadRequest, ToThread } from './thread-messages.js';

/** What the main thread does for the work. */
export interface ExecutionServices {
  readonly progress: (progress: RunProgress) => void;
  readonly perform: (request: ThreadRequest) => Promise<unknown>;
}

/** The thread that computes, seen from the main thread. One job at a time; the thread is kept for the next one. */
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
      const finish = (outcome: Outcome, keep: boolean) => {
        thread.removeAllListeners();
        // Errors of a thread nobody waits for are told by its exit.
        thread.on('error', () => undefined);
        if (!keep) this.#thread = undefined;
        resolve(outcome);
      };
      const died = (why: string) =>
        finish({ kind: 'failed', failure: { reason: 'EXECUTION_CRASHED', message: why }, retryable: true }, false);
      thread.on('message', (message: FromThread) => {
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
            finish(message.outcome, message.outcome.kind === 'succeeded');
            if (message.outcome.kind !== 'succeeded') void thread.terminate();
            return;
        }
      });
      thread.on('error', (error) => died(`The execution crashed: ${error}`));
      thread.on('exit', (code) => died(`The execution's thread ended with code ${code}.`));
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
    this.#thread = new Worker(new URL('./execution-thread.js', import.meta.url), { workerData });
    return this.#thread;
  }
}
