import { Worker } from 'node:worker_threads';
import { DataError } from '../error.js';
import type { IdentityAnswer, IdentityRequest } from './thread-messages.js';

// From src/ and from dist/ alike.
const program = new URL('../../dist/identity/identity-thread.js', import.meta.url);
// What was read is given back to the system when the thread ends.
const idleMs = 2000;

interface Asked {
  readonly resolve: (text: string) => void;
  readonly reject: (error: Error) => void;
}

/**
 * The identifying thread, seen from the one that serves: started when it is asked, ended when
 * nobody asks any more.
 */
export class IdentityThread {
  readonly #asked = new Map<number, Asked>();
  #calls = 0;
  #thread: Worker | undefined;
  #idle: NodeJS.Timeout | undefined;

  /** Throws DataError with the faults of the data set. */
  ask(request: Omit<IdentityRequest, 'call'>): Promise<string> {
    clearTimeout(this.#idle);
    const thread = this.#running();
    this.#calls += 1;
    const call = this.#calls;
    thread.ref();
    const answer = new Promise<string>((resolve, reject) => this.#asked.set(call, { resolve, reject }));
    thread.postMessage({ call, ...request } satisfies IdentityRequest);
    return answer;
  }

  #running(): Worker {
    if (this.#thread !== undefined) return this.#thread;
    const thread = new Worker(program);
    thread.on('message', (answer: IdentityAnswer) => this.#take(answer));
    thread.on('error', (error) => this.#end(thread, error));
    thread.on('exit', () => this.#end(thread, new Error('The thread that reads data sets ended.')));
    this.#thread = thread;
    return thread;
  }

  #take(answer: IdentityAnswer): void {
    const asked = this.#asked.get(answer.call);
    this.#asked.delete(answer.call);
    if (answer.kind === 'text') asked?.resolve(answer.text);
    else asked?.reject(answer.kind === 'faults' ? new DataError(...answer.faults) : new Error(answer.message));
    if (this.#asked.size > 0) return;
    this.#thread?.unref();
    this.#idle = setTimeout(() => this.#dismiss(), idleMs).unref();
  }

  /** A thread takes a moment to end; whoever asks meanwhile gets another one. */
  #dismiss(): void {
    const thread = this.#thread;
    this.#thread = undefined;
    void thread?.terminate();
  }

  #end(thread: Worker, error: unknown): void {
    if (this.#thread !== thread) return;
    this.#thread = undefined;
    const waiting = [...this.#asked.values()];
    this.#asked.clear();
    for (const { reject } of waiting) reject(error instanceof Error ? error : new Error(String(error)));
  }
}
