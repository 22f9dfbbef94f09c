/** Calls that wait for a job; a change between looking and waiting is not lost. */
export class LeaseWaiters {
  #mark = 0;
  #closed = false;
  readonly #ends = new Set<() => void>();

  get closed(): boolean {
    return this.#closed;
  }

  /**
   * Stands for everything known so far; `wait` with it returns at once if something has changed
   * since.
   */
  mark(): number {
    return this.#mark;
  }

  wake(): void {
    this.#mark += 1;
    for (const end of [...this.#ends]) end();
  }

  close(): void {
    this.#closed = true;
    this.wake();
  }

  async wait(mark: number, ms: number, signal: AbortSignal): Promise<void> {
    if (mark !== this.#mark || signal.aborted || this.#closed) return;
    await new Promise<void>((resolve) => {
      const end = () => {
        clearTimeout(timer);
        this.#ends.delete(end);
        signal.removeEventListener('abort', end);
        resolve();
      };
      const timer = setTimeout(end, Math.max(1, ms));
      this.#ends.add(end);
      signal.addEventListener('abort', end, { once: true });
    });
  }
}
