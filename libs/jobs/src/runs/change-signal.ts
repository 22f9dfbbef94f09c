/** Tells waiting code of this process that a run has changed. */
export class ChangeSignal {
  readonly #listeners = new Set<(id: string) => void>();

  subscribe(listener: (id: string) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  emit(id: string): void {
    for (const listener of [...this.#listeners]) listener(id);
  }
}
