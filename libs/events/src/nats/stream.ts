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

/**
 * The stream that holds every event of an installation, and the subjects they are published under.
 */
export interface EventStream {
  readonly name: string;
  /** The subject of an event type, or of a pattern of them. */
  subjectOf(type: string): string;
  /** The event type that is published under a subject. */
  typeOf(subject: string): string;
}

/**
 * The stream of an installation: several that share a server each have their own, and hear nothing
 * of each other.
 *
 * @param installation letters, digits, `-` and `_`. Empty: the one that has no name
 */
export function eventStream(installation: string): EventStream {
  if (installation === '') return { name: 'ONESHOT', subjectOf: (type) => type, typeOf: (subject) => subject };
  const prefix = `${installation}.`;
  return {
    name: `ONESHOT-${installation}`,
    subjectOf: (type) => prefix + type,
    typeOf: (subject) => subject.slice(prefix.length),
  };
}

/**
 * How long the server waits for a sign of a delivery; an answer lost with a connection costs this
 * time.
 */
export const ackWaitMs = 4000;

const day = 24 * 3600 * 1000;

/**
 * Creates the stream if the server has none; a stream an operator has configured is left as it is.
 */
export async function ensureStream(manager: JetStreamManager, stream: EventStream): Promise<void> {
  try {
    await manager.streams.info(stream.name);
  } catch (error) {
    const missing = error instanceof JetStreamApiError && error.code === JetStreamApiCodes.StreamNotFound;
    if (!missing) throw error;
    await manager.streams.add({
      name: stream.name,
      subjects: [stream.subjectOf('oneshot.>')],
      storage: StorageType.File,
      retention: RetentionPolicy.Limits,
      // State is in the databases: old events only help consumers that were away.
      max_age: nanos(30 * day),
      // How long a repetition of an event's id is recognised by the server; consumers recognise it
      // for longer.
      duplicate_window: nanos(10 * 60 * 1000),
    });
  }
}

/**
 * Creates a durable consumer, or finds it. Servers before 2.10 filter by one subject only; with
 * several, everything is asked for and the rest is passed over here.
 */
export async function ensureConsumer(
  manager: JetStreamManager,
  stream: EventStream,
  durable: string,
  types: readonly string[],
): Promise<void> {
  const [only] = types;
  await manager.consumers.add(stream.name, {
    durable_name: durable,
    ack_policy: AckPolicy.Explicit,
    deliver_policy: DeliverPolicy.All,
    ack_wait: nanos(ackWaitMs),
    max_deliver: -1,
    // One at a time: events keep their order, also when one is tried again.
    max_ack_pending: 1,
    filter_subject: stream.subjectOf(types.length === 1 && only ? only : 'oneshot.>'),
  });
}
