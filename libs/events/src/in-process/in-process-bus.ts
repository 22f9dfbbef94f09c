import type { Bus, SubscriptionOptions } from '../bus.js';
import type { CloudEvent } from '../cloud-event.js';
import { matchesSubject } from '../subject-match.js';
import { Wakeable } from '../wakeable.js';

const longestPauseMs = 2000;

/**
 * The bus of a single process. `publish` resolves when every matching subscription has taken the
 * event, so an event that no consumer has finished with is still in its outbox when the process
 * dies, and comes again after the restart.
 */
export function createInProcessBus(): Bus {
  const subscriptions = new Set<InProcessSubscription>();
  return {
    async publish(event) {
      const takers = [...subscriptions].filter((subscription) => subscription.wants(event));
      await Promise.all(takers.map((subscription) => subscription.hand(event)));
    },
    async subscribe(options) {
      const subscription = new InProcessSubscription(options);
      subscriptions.add(subscription);
      return {
        async close() {
          subscriptions.delete(subscription);
          await subscription.close();
        },
      };
    },
    async close() {
      await Promise.all([...subscriptions].map((subscription) => subscription.close()));
      subscriptions.clear();
    },
  };
}

class InProcessSubscription {
  readonly #options: SubscriptionOptions;
  readonly #abort = new AbortController();
  readonly #pauses = new Wakeable();
  /** Ends when everything handed over so far has been taken. */
  #last: Promise<void> = Promise.resolve();

  constructor(options: SubscriptionOptions) {
    this.#options = options;
  }

  wants(event: CloudEvent): boolean {
    return this.#options.types.some((pattern) => matchesSubject(pattern, event.type));
  }

  hand(event: CloudEvent): Promise<void> {
    const taken = this.#last.then(() => this.#deliver(event));
    this.#last = taken.catch(() => undefined);
    return taken;
  }

  async close(): Promise<void> {
    this.#abort.abort();
    this.#pauses.close();
    await this.#last;
  }

  async #deliver(event: CloudEvent): Promise<void> {
    const { signal } = this.#abort;
    for (let attempt = 1; !signal.aborted; attempt += 1) {
      try {
        await this.#options.deliver(event, { attempt, signal });
        return;
      } catch {
        await this.#pauses.rest(Math.min(longestPauseMs, 50 * 2 ** Math.min(attempt, 20)));
      }
    }
    throw new Error(`The subscription ${this.#options.durable} was closed before it took event ${event.id}.`);
  }
}
