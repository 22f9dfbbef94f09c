import { setTimeout as pause } from 'node:timers/promises';
import { jetstream } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import type { Database } from '@oneshot/storage';
import { hasNats, needs } from '@oneshot/test/needs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type CloudEvent, createEvent } from '../cloud-event.js';
import { startConsumer } from '../consumer/start-consumer.js';
import { startRelay } from '../outbox/relay.js';
import type { EventTables } from '../tables.js';
import { appendNumbered, eventDatabase, numberOf } from '../testing/event-database.js';
import { freePort, NatsServer } from '../testing/nats-server.js';
import { createNatsBus, type NatsBusOptions } from './nats-bus.js';

const ignore = () => undefined;

describe('over a real nats-server', needs('nats-server', hasNats()), () => {
  let server: NatsServer;
  let database: Database<EventTables>;
  const closing: (() => Promise<unknown>)[] = [];

  beforeEach(async () => {
    server = new NatsServer(await freePort());
    const opened = await eventDatabase();
    database = opened.database;
    closing.push(() => server.remove(), opened.remove);
  });
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close();
  });

  function busOf(name: string, options: Partial<NatsBusOptions> = {}) {
    const bus = createNatsBus({ servers: [server.address], name, onError: ignore, ...options });
    closing.push(() => bus.close());
    return bus;
  }

  async function consumed(name: string, seen: number[]): Promise<void> {
    const consumer = await startConsumer({
      bus: busOf(name),
      database,
      name,
      types: ['oneshot.search.*', 'oneshot.training.*'],
      onError: ignore,
      handle: async (event) => {
        seen.push(numberOf(event));
      },
    });
    closing.push(() => consumer.close());
  }

  const upTo = (count: number) => Array.from({ length: count }, (_, index) => index);

  test('a server that comes up late gets every event, in order', async () => {
    const seen: number[] = [];
    await consumed('late', seen);
    const relay = startRelay({ database, bus: busOf('relay'), onError: ignore, pollMs: 20 });
    closing.push(() => relay.close());
    await appendNumbered(database, 0, 5);
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(seen).toEqual([]);
    await server.start();
    await expect.poll(() => seen, { timeout: 20_000 }).toEqual(upTo(5));
    const left = () => database.queries.selectFrom('outbox').selectAll().execute();
    await expect.poll(left).toEqual([]);
  });

  test('kill -9 of the server, several times in the middle, loses and doubles nothing', async () => {
    await server.start();
    const seen: number[] = [];
    await consumed('tough', seen);
    const relay = startRelay({ database, bus: busOf('relay'), onError: ignore, pollMs: 20 });
    closing.push(() => relay.close());
    for (let round = 0; round < 3; round += 1) {
      await appendNumbered(database, round * 40, 40);
      relay.wake();
      await new Promise((resolve) => setTimeout(resolve, 30 + 40 * round));
      await server.kill();
      await new Promise((resolve) => setTimeout(resolve, 100));
      await server.start();
    }
    await expect.poll(() => seen.length, { timeout: 50_000 }).toBe(120);
    expect(seen).toEqual(upTo(120));
  });

  test('an event published twice is stored once, and a durable consumer goes on where it stopped', async () => {
    await server.start();
    const bus = busOf('publisher');
    const event = (number: number) =>
      createEvent({ source: '/test', type: 'oneshot.search.completed', subject: 'x', data: { number } });
    const seen: number[] = [];
    const subscribe = () =>
      bus.subscribe({
        durable: 'steady',
        types: ['oneshot.search.completed'],
        deliver: async (taken) => {
          seen.push(numberOf(taken));
        },
      });
    const first = event(0);
    await bus.publish(first);
    await bus.publish(first);
    const subscription = await subscribe();
    await expect.poll(() => seen, { timeout: 10_000 }).toEqual([0]);
    await subscription.close();
    await bus.publish(event(1));
    const again = await subscribe();
    await expect.poll(() => seen, { timeout: 10_000 }).toEqual([0, 1]);
    await again.close();
  });

  test('a message that is no event is passed over with a word, and those behind it come', async () => {
    await server.start();
    const errors: string[] = [];
    const seen: string[] = [];
    const bus = busOf('strict', { onError: (error) => errors.push(String(error)) });
    const event = (subject: string) =>
      createEvent({ source: '/test', type: 'oneshot.search.completed', subject, data: {} });
    await bus.publish(event('first'));
    const connection = await connect({ servers: server.address });
    closing.push(() => connection.close());
    for (const text of ['{', '"text"', '{"id": 7}'])
      await jetstream(connection).publish('oneshot.search.completed', text);
    await bus.publish(event('last'));
    const deliver = async ({ subject }: CloudEvent) => void seen.push(subject);
    await bus.subscribe({ durable: 'strict', types: ['oneshot.search.*'], deliver });
    await expect.poll(() => seen, { timeout: 20_000 }).toEqual(['first', 'last']);
    expect(errors).toEqual([2, 3, 4].map((seq) => expect.stringContaining(`Message ${seq} of stream ONESHOT`)));
  });

  test('installations that share a server hear nothing of each other', async () => {
    await server.start();
    const seen: string[] = [];
    for (const installation of ['', 'blue', 'green']) {
      const deliver = async ({ subject }: CloudEvent) => void seen.push(`${subject} in ${installation}`);
      const bus = busOf('listener', { installation });
      await bus.subscribe({ durable: 'listener', types: ['oneshot.search.*', 'oneshot.training.*'], deliver });
      const type = 'oneshot.search.completed';
      await bus.publish(createEvent({ source: '/test', type, subject: `of ${installation}`, data: {} }));
    }
    await expect.poll(() => seen.length, { timeout: 20_000 }).toBe(3);
    await pause(500);
    expect([...seen].sort()).toEqual(['of  in ', 'of blue in blue', 'of green in green']);
  });
});
