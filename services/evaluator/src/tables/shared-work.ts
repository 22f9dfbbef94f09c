interface Shared<Result> {
  readonly result: Promise<Result>;
  readonly controller: AbortController;
  waiting: number;
}

/**
 * Work that several callers want at the same time is done once; it is aborted when the last of them
 * has left.
 */
export class SharedWork<Result> {
  readonly #underWay = new Map<string, Shared<Result>>();

  /** The result under that key; throws the reason when `signal` is aborted. */
  async of(key: string, signal: AbortSignal, work: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
    const shared = this.#underWay.get(key) ?? this.#begin(key, work);
    shared.waiting += 1;
    let leave: (() => void) | undefined;
    const left = new Promise<never>((_, reject) => {
      leave = () => reject(signal.reason);
      signal.addEventListener('abort', leave, { once: true });
      if (signal.aborted) leave();
    });
    try {
      return await Promise.race([shared.result, left]);
    } finally {
      if (leave) signal.removeEventListener('abort', leave);
      shared.waiting -= 1;
      if (shared.waiting === 0) {
        if (this.#underWay.get(key) === shared) this.#underWay.delete(key);
        shared.controller.abort(signal.reason);
      }
    }
  }

  #begin(key: string, work: (signal: AbortSignal) => Promise<Result>): Shared<Result> {
    const controller = new AbortController();
    const result = work(controller.signal);
    // Whoever waits is told; that nobody waits any more is no failure of this process.
    result.catch(() => undefined);
    const shared = { result, controller, waiting: 0 };
    this.#underWay.set(key, shared);
    return shared;
  }
}
