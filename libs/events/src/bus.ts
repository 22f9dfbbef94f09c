import type { CloudEvent } from './cloud-event.js';

/** One try at handing an event to a subscriber. */
export interface Delivery {
  /** 1 for the first try. */
  readonly attempt: number;
  /** Aborted when the subscription is closed. */
  readonly signal: AbortSignal;
}

export interface SubscriptionOptions {
  /**
   * Names the consumer for ever: it goes on where the consumer of that name stopped. Letters,
   * digits, `-` and `_`.
   */
  readonly durable: string;
  /** Event types; `*` stands for one word, a last `>` for the rest: `oneshot.search.*`. */
  readonly types: readonly string[];
  /**
   * Takes one event; events of one subscription come one after the other, in the order of
   * publishing. When it throws, the event is delivered again after a pause that grows with the
   * attempts.
   */
  readonly deliver: (event: CloudEvent, delivery: Delivery) => Promise<void>;
}

export interface Subscription {
  /** Waits for the delivery in progress, then ends. */
  close(): Promise<void>;
}

/** Carries events from publishers to durable consumers, each at least once. */
export interface Bus {
  /**
   * Resolves when the bus answers for the event: it will reach every durable consumer. The event's
   * id stops repetitions.
   */
  publish(event: CloudEvent): Promise<void>;
  subscribe(options: SubscriptionOptions): Promise<Subscription>;
  close(): Promise<void>;
}
