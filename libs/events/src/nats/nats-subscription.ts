import { type Consumer, type JsMsg, jetstreamManager } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import type { Subscription, SubscriptionOptions } from '../bus.js';
import { matchesSubject } from '../subject-match.js';
import { Wakeable } from '../wakeable.js';
import { readEvent } from './read-event.js';
import { ackWaitMs, type EventStream, ensureConsumer, ensureStream } from './stream.js';

const longestPauseMs = 5000;
/** How long one request for the next event stays open. */
const pullMs = 2000;

/** Pulls events one by one, for ever; whatever fails in between is tried again. */
export function startNatsSubscription(
  connected: () => Promise<NatsConnection | undefined>,
  stream: EventStream,
  options: SubscriptionOptions,
  onError: (error: unknown) => void,
): Subscription {
  const loop = new Wakeable();
  const abort = new AbortController();

  async function take(message: JsMsg): Promise<void> {
    if (!options.types.some((pattern) => matchesSubject(pattern, stream.typeOf(message.subject)))) {
      message.ack();
      return;
    }
    const event = readEvent(message.string());
    if (event === undefined) {
      // It would be no event the next time either, and would keep those behind it from coming.
      message.term();
      const { seq } = message;
      onError(
        new Error(
          `Message ${seq} of stream ${stream.name}, subject ${message.subject}, is no event; it is passed over.`,
        ),
      );
      return;
    }
    const attempt = message.info.deliveryCount;
    // Long work must not look like a lost consumer.
    const alive = setInterval(() => message.working(), ackWaitMs / 4);
    try {
      await options.deliver(event, { attempt, signal: abort.signal });
      message.ack();
    } catch {
      message.nak(Math.min(longestPauseMs, 50 * 2 ** Math.min(attempt, 20)));
    } finally {
      clearInterval(alive);
    }
  }

  let failures = 0;

  async function pull(): Promise<void> {
    const connection = await connected();
    if (!connection) return;
    const manager = await jetstreamManager(connection);
    await ensureStream(manager, stream);
    await ensureConsumer(manager, stream, options.durable, options.types);
    const consumer: Consumer = await manager.jetstream().consumers.get(stream.name, options.durable);
    failures = 0;
    while (!loop.closed) {
      const message = await consumer.next({ expires: pullMs });
      if (message) await take(message);
    }
    await connection.flush();
  }

  async function run(): Promise<void> {
    while (!loop.closed) {
      try {
        await pull();
      } catch (error) {
        if (loop.closed) return;
        // Once for each outage, however long it lasts.
        if (failures === 0) onError(error);
        failures += 1;
        await loop.rest(Math.min(longestPauseMs, 100 * 2 ** Math.min(failures, 20)));
      }
    }
  }

  const running = run();
  return {
    async close() {
      loop.close();
      abort.abort();
      await running;
    },
  };
}
