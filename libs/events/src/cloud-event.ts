import { randomUUID } from 'node:crypto';

/**
 * `oneshot.<subject>.<fact in the past tense>`, such as `oneshot.search.completed`; also the
 * subject it is published under.
 */
export type EventType = `oneshot.${string}.${string}`;

/** A fact, in the JSON form of CloudEvents 1.0 (structured mode). */
export interface CloudEvent<Data = unknown> {
  readonly specversion: '1.0';
  /** Unique for ever; what publishers and consumers recognise repetitions by. */
  readonly id: string;
  /** The service that tells it, such as `/oneshot/searcher`. */
  readonly source: string;
  readonly type: EventType;
  /** What it is about: usually a run's id. */
  readonly subject: string;
  /** RFC 3339. */
  readonly time: string;
  readonly datacontenttype: 'application/json';
  readonly data: Data;
}

/** Completes a fact to an event of this moment. */
export function createEvent<Data>(
  fact: Pick<CloudEvent<Data>, 'source' | 'type' | 'subject' | 'data'>,
): CloudEvent<Data> {
  return {
    specversion: '1.0',
    id: randomUUID(),
    source: fact.source,
    type: fact.type,
    subject: fact.subject,
    time: new Date().toISOString(),
    datacontenttype: 'application/json',
    data: fact.data,
  };
}
