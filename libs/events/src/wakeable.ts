/** A loop's sleep that others can end early. */
export class Wakeable {
  #closed = false;
  #woken = false;
  #end: (() => void) | undefined;
  #onlyClose = false;

  get closed(): boolean {
    return this.#closed;
  }

  /**
   * Waits `ms`, or less when woken or closed; a call of `wake` since the last sleep is not lost.
   */
  sleep(ms: number): Promise<void> {
    return this.#wait(ms, false);
  }

  /** Waits `ms`, or less when closed. */
  rest(ms: number): Promise<void> {
    return this.#wait(ms, true);
  }

  wake(): void {
    this.#woken = true;
    if (!this.#onlyClose) this.#end?.();
  }

  close(): void {
    this.#closed = true;
    this.#end?.();
  }

  async #wait(ms: number, onlyClose: boolean): Promise<void> {
    if (!this.#closed && (onlyClose || !this.#woken)) {
      this.#onlyClose = onlyClose;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, ms);
        this.#end = () => {
          clearTimeout(timer);
          resolve();
        };
      });
      this.#end = undefined;
    }
    if (!onlyClose) this.#woken = false;
  }
}
