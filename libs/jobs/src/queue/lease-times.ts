/** One lease of a job. */
export interface LeaseNumber {
  readonly id: string;
  readonly fence: number;
}

/**
 * Until when the leases of one queue last, by a clock that nobody sets: kept in memory, because
 * such a clock means nothing to a later process, which gives every lease its full time again.
 */
export class LeaseTimes {
  readonly #leaseMs: number;
  readonly #leases = new Map<string, { readonly fence: number; readonly deadline: number }>();
  #looked = performance.now();

  constructor(leaseMs: number, held: readonly LeaseNumber[]) {
    this.#leaseMs = leaseMs;
    for (const lease of held) this.renew(lease);
  }

  /**
   * Gives a lease its full time from now. Returns when that is over, in milliseconds since 1970,
   * for people.
   */
  renew({ id, fence }: LeaseNumber): number {
    this.#leases.set(id, { fence, deadline: performance.now() + this.#leaseMs });
    return Date.now() + this.#leaseMs;
  }

  /** Forgets a lease; a later one of the same job stays. */
  forget({ id, fence }: LeaseNumber): void {
    if (this.#leases.get(id)?.fence === fence) this.#leases.delete(id);
  }

  hasExpired({ id, fence }: LeaseNumber): boolean {
    const lease = this.#leases.get(id);
    return lease?.fence === fence && lease.deadline < performance.now();
  }

  /**
   * The leases that have run out. To be asked every `everyMs`: if this process was held up for
   * longer than that, the heartbeats that wait to be read are as late as the question, and every
   * lease gets the time that was lost.
   */
  expired(everyMs: number): readonly LeaseNumber[] {
    const now = performance.now();
    const heldUp = now - this.#looked - everyMs;
    this.#looked = now;
    if (heldUp > everyMs) {
      for (const [id, { fence, deadline }] of this.#leases)
        this.#leases.set(id, { fence, deadline: deadline + heldUp });
    }
    return [...this.#leases].map(([id, { fence }]) => ({ id, fence })).filter((lease) => this.hasExpired(lease));
  }
}
