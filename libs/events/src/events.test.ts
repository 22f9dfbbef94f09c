import type { Database } from '@oneshot/storage';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Bus } from './bus.js';
import { createEvent } from './cloud-event.js';
import { listParkedEvents } from './consumer/parked-events.js';
import { startConsumer } from './consumer/start-consumer.js';
import { createInProcessBus } from './in-process/in-process-bus.js';
import { appendEvent } from './outbox/append-event.js';
import { startRelay } from './outbox/relay.js';
import { matchesSubject } from './subject-match.js';
import type { EventTables } from './tables.js';
import { appendNumbered, eventDatabase, numberOf } from './testing/event-database.js';

let database: Database<EventTables>;
let bus: Bus;
const closing: (() => Promise<unknown>)[] = [];

beforeEach(async () => {
  const opened = await eventDatabase();
  database = opened.database;
  bus = createInProcessBus();
  closing.push(opened.remove, () => bus.close());
});
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

const ignore = () => undefined;

function relayed(): void {
  const relay = startRelay({ database, bus, onError: ignore, pollMs: 10 });
  closing.push(() => relay.close());
}

test('an event of a transaction that was rolled back is never told', async () => {
  const event = createEvent({ source: '/test', type: 'oneshot.search.completed', subject: 'x', data: {} });
  const rolledBack = database.transaction(async (transaction) => {
    await appendEvent(transaction, event);
    throw new Error('no');
  });
  await expect(rolledBack).rejects.toThrow('no');
  expect(await database.queries.selectFrom('outbox').selectAll().execute()).toEqual([]);
});

test('events arrive in order, once each, as CloudEvents', async () => {
  const seen: number[] = [];
  const consumer = await startConsumer({
    bus,
    database,
    name: 'numbers',
    types: ['oneshot.search.*'],
    onError: ignore,
    async handle(event) {
      expect(event).toMatchObject({ specversion: '1.0', source: '/test', datacontenttype: 'application/json' });
      seen.push(numberOf(event));
    },
  });
  closing.push(() => consumer.close());
  await appendNumbered(database, 0, 20);
  relayed();
  await expect.poll(() => seen.length).toBe(20);
  expect(seen).toEqual(Array.from({ length: 20 }, (_, index) => index));
});

test('a repeated event changes nothing, and what its handler wrote stands once', async () => {
  let handled = 0;
  const consumer = await startConsumer({
    bus,
    database,
    name: 'once',
    types: ['oneshot.>'],
    onError: ignore,
    async handle() {
      handled += 1;
    },
  });
  closing.push(() => consumer.close());
  const event = createEvent({ source: '/test', type: 'oneshot.search.completed', subject: 'x', data: {} });
  await bus.publish(event);
  await bus.publish(event);
  expect(handled).toBe(1);
});

test('a handler that fails is tried again, and nothing of a failed try stays', async () => {
  let tries = 0;
  const consumer = await startConsumer({
    bus,
    database,
    name: 'flaky',
    types: ['oneshot.>'],
    onError: ignore,
    async handle(event, transaction) {
      tries += 1;
      await appendEvent(transaction, { ...event, id: `follow-up-${tries}` });
      if (tries < 3) throw new Error('not yet');
    },
  });
  closing.push(() => consumer.close());
  await bus.publish(createEvent({ source: '/test', type: 'oneshot.search.completed', subject: 'x', data: {} }));
  const rows = await database.queries.selectFrom('outbox').select('id').execute();
  expect(rows).toEqual([{ id: 'follow-up-3' }]);
});

test('an event that fails every time is parked with its last error, and the next one is taken', async () => {
  const seen: number[] = [];
  const consumer = await startConsumer({
    bus,
    database,
    name: 'poisoned',
    types: ['oneshot.>'],
    maxAttempts: 2,
    onError: ignore,
    async handle(event) {
      if (numberOf(event) === 0) throw new Error('cannot read this');
      seen.push(numberOf(event));
    },
  });
  closing.push(() => consumer.close());
  await appendNumbered(database, 0, 2);
  relayed();
  await expect.poll(() => seen).toEqual([1]);
  const parked = await listParkedEvents(database);
  expect(parked).toHaveLength(1);
  expect(parked[0]).toMatchObject({ consumer: 'poisoned', attempts: 2, error: 'Error: cannot read this' });
});

test('an event that no consumer finished with before the process ended is told again by the next one', async () => {
  const stuck = await bus.subscribe({
    durable: 'stuck',
    types: ['oneshot.>'],
    deliver: async () => {
      throw new Error('crashing');
    },
  });
  await appendNumbered(database, 7, 1);
  const relay = startRelay({ database, bus, onError: ignore, pollMs: 10 });
  await new Promise((resolve) => setTimeout(resolve, 50));
  await stuck.close();
  await relay.close();

  bus = createInProcessBus();
  const seen: number[] = [];
  const next = await bus.subscribe({
    durable: 'stuck',
    types: ['oneshot.>'],
    deliver: async (event) => {
      seen.push(numberOf(event));
    },
  });
  closing.push(() => next.close());
  relayed();
  await expect.poll(() => seen).toEqual([7]);
});

test('patterns match as the subjects of NATS do', () => {
  expect(matchesSubject('oneshot.search.*', 'oneshot.search.completed')).toBe(true);
  expect(matchesSubject('oneshot.*.completed', 'oneshot.training.completed')).toBe(true);
  expect(matchesSubject('oneshot.>', 'oneshot.search.completed')).toBe(true);
  expect(matchesSubject('oneshot.search.*', 'oneshot.search')).toBe(false);
  expect(matchesSubject('oneshot.search', 'oneshot.search.completed')).toBe(false);
  expect(matchesSubject('oneshot.>', 'oneshot')).toBe(false);
});
