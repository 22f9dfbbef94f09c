import {
  AckPolicy,
  DeliverPolicy,
  JetStreamApiCodes,
  JetStreamApiError,
  type JetStreamManager,
  RetentionPolicy,
  StorageType,
} from '@nats-io/jetstream';
import { nanos } from '@nats-io/transport-node';

/** The stream that holds every event. */
export const streamName = 'ONESHOT';
const subjects = ['oneshot.>'];

/** How long the server waits for a sign of a delivery; an answer lost with a connection costs this time. */
export const ackWaitMs = 4000;

const day = 24 * 3600 * 1000;

/** Creates the stream if the server has none; a stream an operator has configured is left as it is. */
export async function ensureStream(manager: JetStreamManager): Promise<void> {
  try {
    await manager.streams.info(streamName);
  } catch (error) {
    const missing = error instanceof JetStreamApiError && error.code === JetStreamApiCodes.StreamNotFound;
    if (!missing) throw error;
    await manager.streams.add({
      name: streamName,
      subjects,
      storage: StorageType.File,
      retention: RetentionPolicy.Limits,
      // State is in the databases: old events only help consumers that were away.
      max_age: nanos(30 * day),
      // How long a repetition of an event's id is recognised by the server; consumers recognise it for longer.
      duplicate_window: nanos(10 * 60 * 1000),
    });
  }
}

/**
 * Creates a durable consumer, or finds it. Servers before 2.10 filter by one subject only; with several, everything is asked for and
 * the rest is passed over here.
 */
export async function ensureConsumer(
  manager: JetStreamManager,
  durable: string,
  types: readonly string[],
): Promise<void> {
  const [only] = types;
  await manager.consumers.add(streamName, {
    durable_name: durable,
    ack_policy: AckPolicy.Explicit,
    deliver_policy: DeliverPolicy.All,
    ack_wait: nanos(ackWaitMs),
    max_deliver: -1,
    // One at a time: events keep their order, also when one is tried again.
    max_ack_pending: 1,
    filter_subject: types.length === 1 && only ? only : 'oneshot.>',
  });
}
