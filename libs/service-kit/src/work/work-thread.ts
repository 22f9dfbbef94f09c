import { Worker } from 'node:worker_threads';
import { Code, ServiceError } from '../service-error.js';
import type { WorkMessage } from './work-messages.js';

/** One thread, which does one piece of work at a time. */
export class WorkThread {
  readonly #worker: Worker;
  readonly #memoryMiB: number;
  #failure: Error | undefined;
  #messages: WorkMessage[] = [];
  #wake: (() => void) | undefined;

  constructor(program: URL, memoryMiB: number) {
    this.#memoryMiB = memoryMiB;
    const resourceLimits = { maxOldGenerationSizeMb: memoryMiB };
    // The process's own flags, such as conditions of imports, are not meant for compiled programs.
    this.#worker = new Worker(program, { resourceLimits, execArgv: [] });
    this.#worker.on('message', (message: WorkMessage) => {
      this.#messages.push(message);
      this.#wake?.();
    });
    this.#worker.on('error', (error) => this.#end(this.#seen(error)));
    this.#worker.on('exit', () => this.#end(new Error('The thread ended.')));
    // An idle thread keeps no process alive.
    this.#worker.unref();
  }

  get ended(): boolean {
    return this.#failure !== undefined;
  }

  /**
   * Results of one piece of work, as they come. Throws the reason when `signal` is aborted; the
   * thread is of no use then.
   */
  async *results(input: unknown, signal: AbortSignal, transfer: readonly ArrayBuffer[]): AsyncIterable<unknown> {
    const wake = () => this.#wake?.();
    signal.addEventListener('abort', wake, { once: true });
    this.#worker.ref();
    this.#worker.postMessage(input, [...transfer]);
    try {
      for (;;) {
        signal.throwIfAborted();
        const message = this.#messages.shift();
        if (message === undefined) {
          if (this.#failure !== undefined) throw this.#failure;
          await new Promise<void>((resolve) => {
            this.#wake = resolve;
          });
          continue;
        }
        switch (message.kind) {
          case 'result':
            yield message.value;
            break;
          case 'done':
            return;
          case 'refused':
            throw new ServiceError(message);
          case 'failed':
            throw new Error(message.message);
        }
      }
    } finally {
      signal.removeEventListener('abort', wake);
      this.#worker.unref();
    }
  }

  async terminate(): Promise<void> {
    this.#end(new Error('The thread was ended.'));
    await this.#worker.terminate();
  }

  #end(error: Error): void {
    this.#failure ??= error;
    this.#wake?.();
  }

  #seen(error: unknown): Error {
    if (!(error instanceof Error)) return new Error(String(error));
    if (!('code' in error) || error.code !== 'ERR_WORKER_OUT_OF_MEMORY') return error;
    return new ServiceError({
      code: Code.RESOURCE_EXHAUSTED,
      reason: 'TOO_MUCH_MEMORY',
      message: `The request needs more memory than the ${this.#memoryMiB} MiB one may take.`,
    });
  }
}
