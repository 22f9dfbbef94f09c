import { connect, type NatsConnection } from '@nats-io/transport-node';
import type { Wakeable } from '../wakeable.js';

const longestPauseMs = 5000;

/**
 * Connects for ever: a server that is down now, at first or later, is waited for. Resolves once
 * connected; from then on the connection renews itself. Undefined if `closing` was closed first.
 */
export async function connectPatiently(
  servers: readonly string[],
  name: string,
  closing: Wakeable,
  onError: (error: unknown) => void,
): Promise<NatsConnection | undefined> {
  for (let attempt = 1; !closing.closed; attempt += 1) {
    try {
      const connection = await connect({
        servers: [...servers],
        name,
        timeout: 3000,
        // Once made, the connection comes back by itself.
        maxReconnectAttempts: -1,
        reconnectTimeWait: 250,
        pingInterval: 10_000,
        maxPingOut: 2,
      });
      if (!closing.closed) return connection;
      await connection.close();
    } catch (error) {
      if (attempt === 1) onError(error);
      await closing.rest(Math.min(longestPauseMs, 100 * 2 ** Math.min(attempt, 20)));
    }
  }
  return undefined;
}
