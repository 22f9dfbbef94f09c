import { setTimeout as pause } from 'node:timers/promises';
import { Client, credentials, type ServiceDefinition } from '@grpc/grpc-js';
import { service } from 'grpc-health-check';
import { Code, ServiceError } from './service-error.js';

const definition: ServiceDefinition = service as unknown as ServiceDefinition;

/**
 * Whether the server at `address` serves now.
 *
 * @param name full name of one of its services; default: the server as a whole.
 */
export function checkHealth(address: string, name = '', deadlineMs = 1000): Promise<boolean> {
  const client = new Client(address, credentials.createInsecure(), { 'grpc.use_local_subchannel_pool': 1 });
  const check = definition.Check;
  if (!check) throw new Error('The health service has no method Check.');
  return new Promise<boolean>((resolve) => {
    client.makeUnaryRequest(
      check.path,
      check.requestSerialize,
      check.responseDeserialize,
      { service: name },
      { deadline: Date.now() + deadlineMs },
      (error: Error | null, response?: { status?: string }) => resolve(!error && response?.status === 'SERVING'),
    );
  }).finally(() => client.close());
}

/**
 * Waits until the server at `address` serves. DEADLINE_EXCEEDED after `timeoutMs` (default 10000).
 */
export async function waitUntilServing(address: string, timeoutMs = 10_000): Promise<void> {
  const end = Date.now() + timeoutMs;
  while (!(await checkHealth(address))) {
    if (Date.now() > end) {
      throw new ServiceError({
        code: Code.DEADLINE_EXCEEDED,
        reason: 'NOT_SERVING',
        message: `No server answered at ${address} within ${timeoutMs / 1000} s.`,
      });
    }
    await pause(50);
  }
}
