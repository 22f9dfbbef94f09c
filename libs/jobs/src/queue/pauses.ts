/** A queued run as it was when its pause began; any later change ends the pause. */
export interface PausedRun {
  readonly id: string;
  readonly sequence: number;
}

/** Jobs that are not to be taken yet. Kept in memory: a restart of the service ends all pauses. */
export class Pauses {
  readonly #pauses = new Map<string, { readonly sequence: number; readonly due: number }>();

  /** How many there are at the most. */
  get size(): number {
    return this.#pauses.size;
  }

  begin({ id, sequence }: PausedRun, ms: number): void {
    this.#pauses.set(id, { sequence, due: performance.now() + ms });
  }

  has({ id, sequence }: PausedRun): boolean {
    const pause = this.#pauses.get(id);
    if (pause === undefined) return false;
    if (pause.sequence === sequence && pause.due > performance.now()) return true;
    this.#pauses.delete(id);
    return false;
  }

  /** Milliseconds until the next one ends; undefined if there is none. */
  next(): number | undefined {
    const now = performance.now();
    let first = Number.POSITIVE_INFINITY;
    for (const [id, { due }] of this.#pauses) {
      if (due <= now) this.#pauses.delete(id);
      else first = Math.min(first, due);
    }
    return this.#pauses.size === 0 ? undefined : first - now;
  }
}
