/** Events: an outbox beside the state, a relay to the bus, durable and idempotent consumers. */
export type { Bus, Delivery, Subscription, SubscriptionOptions } from './bus.js';
export { type CloudEvent, createEvent, type EventType } from './cloud-event.js';
export { listParkedEvents, type ParkedEvent } from './consumer/parked-events.js';
export { type Consumer, type ConsumerOptions, startConsumer } from './consumer/start-consumer.js';
export { createInProcessBus } from './in-process/in-process-bus.js';
export { createNatsBus, type NatsBusOptions } from './nats/nats-bus.js';
export { appendEvent } from './outbox/append-event.js';
export { type Relay, type RelayOptions, startRelay } from './outbox/relay.js';
export { type EventTables, migrateEvents } from './tables.js';
