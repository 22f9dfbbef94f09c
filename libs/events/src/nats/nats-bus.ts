import { JetStreamApiError, jetstream, jetstreamManager } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import type { Bus, Subscription } from '../bus.js';
import type { CloudEvent } from '../cloud-event.js';
import { Wakeable } from '../wakeable.js';
import { connectPatiently } from './nats-connection.js';
import { startNatsSubscription } from './nats-subscription.js';
import { ensureStream, eventStream } from './stream.js';

export interface NatsBusOptions {
  /** `host:port` or `nats://host:port`, one or more of a cluster. */
  readonly servers: readonly string[];
  /** Shown in the server's list of connections, such as `searcher`. */
  readonly name: string;
  /**
   * Which installation this is, where several share the servers: letters, digits, `-` and `_`, at
   * most 32. Default: the one without a name. All services of an installation need the same.
   */
  readonly installation?: string | undefined;
  /** Told of failures; the bus goes on by itself. */
  readonly onError: (error: unknown) => void;
}

const publishTimeoutMs = 5000;

/**
 * The bus over NATS JetStream: stream `ONESHOT`, subjects `oneshot.>` (of a named installation
 * `ONESHOT-NAME`, `NAME.oneshot.>`), durable pull consumers. It connects in the background and for
 * ever; until then `publish` fails after 5 seconds, and the relay keeps the event.
 */
export function createNatsBus(options: NatsBusOptions): Bus {
  const stream = eventStream(options.installation ?? '');
  const closing = new Wakeable();
  const subscriptions = new Set<Subscription>();
  const connection = connectPatiently(options.servers, options.name, closing, options.onError);
  let streamKnown = false;

  async function publish(event: CloudEvent): Promise<void> {
    const connected = await within(connection, publishTimeoutMs);
    if (!connected) throw new Error('The connection to NATS is closed.');
    if (!streamKnown) {
      await ensureStream(await jetstreamManager(connected), stream);
      streamKnown = true;
    }
    try {
      await jetstream(connected).publish(stream.subjectOf(event.type), JSON.stringify(event), {
        msgID: event.id,
        timeout: publishTimeoutMs,
      });
    } catch (error) {
      // A server that came back empty needs its stream anew.
      streamKnown = false;
      throw error instanceof JetStreamApiError
        ? new Error(`NATS refused the event: ${error.message}`, { cause: error })
        : error;
    }
  }

  return {
    publish,
    async subscribe(subscription) {
      const started = startNatsSubscription(() => connection, stream, subscription, options.onError);
      subscriptions.add(started);
      return {
        async close() {
          subscriptions.delete(started);
          await started.close();
        },
      };
    },
    async close() {
      closing.close();
      await Promise.all([...subscriptions].map((subscription) => subscription.close()));
      await (await connection)?.close();
    },
  };
}

async function within(
  connection: Promise<NatsConnection | undefined>,
  ms: number,
): Promise<NatsConnection | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('There is no connection to NATS yet.')), ms);
  });
  try {
    return await Promise.race([connection, late]);
  } finally {
    clearTimeout(timer);
  }
}
