import {
  logVerbosity,
  Server,
  ServerCredentials,
  type ServiceDefinition,
  setLogVerbosity,
  type UntypedHandleCall,
  type UntypedServiceImplementation,
} from '@grpc/grpc-js';
import { HealthImplementation } from 'grpc-health-check';
import { adaptHandler, type HandlerHost } from './adapt-handlers.js';
import type { MethodShape, ServedService } from './handlers.js';
import { neverThrowing } from './messages.js';
import { addReflection } from './reflection.js';
import type { RunningServer, ServerOptions } from './server-types.js';
import { Code, ServiceError } from './service-error.js';

/**
 * Starts a server; resolves once it listens. A port in use, or no right to it, is ServiceError
 * FAILED_PRECONDITION in plain words.
 */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  // Whatever the library would print reaches the caller as an error already.
  setLogVerbosity(logVerbosity.NONE);
  const host = options.host ?? '127.0.0.1';
  const maxMessageBytes = options.maxMessageBytes ?? 4 * 1024 * 1024;
  const server = new Server({
    // Messages somewhat too large are read, so that their refusal has its details; those far too
    // large are not.
    'grpc.max_receive_message_length': 4 * maxMessageBytes,
    'grpc.max_send_message_length': maxMessageBytes,
    'grpc.keepalive_time_ms': 30_000,
    'grpc.keepalive_timeout_ms': 10_000,
  });
  const stopping = new AbortController();
  const handlerHost: HandlerHost = {
    logger: options.logger,
    defaultDeadlineMs: options.defaultDeadlineMs ?? 60_000,
    maxMessageBytes,
    translateError: options.translateError,
    running: new Map(),
    stopping: stopping.signal,
  };
  for (const service of options.services) addService(server, service, handlerHost, maxMessageBytes);
  const names = options.services.map((service) => serviceName(service));
  const health = new HealthImplementation(Object.fromEntries(['', ...names].map((name) => [name, 'SERVING'])));
  health.addToServer(server);
  addReflection(server, names);
  const port = await bind(server, options.name, host, options.port);
  const address = `${host.includes(':') ? `[${host}]` : host}:${port}`;
  options.logger.info({ address, services: names }, 'listening');

  let stopped: Promise<void> | undefined;
  const shutdown = (graceMs = 10_000) => {
    stopped ??= drain(graceMs);
    return stopped;
  };
  async function drain(graceMs: number): Promise<void> {
    for (const name of ['', ...names]) health.setStatus(name, 'NOT_SERVING');
    const drained = new Promise<void>((resolve) => server.tryShutdown(() => resolve()));
    stopping.abort();
    // Streams may have no end of their own, so they are told at once; single answers get their
    // time.
    for (const [call, method] of handlerHost.running) if (method.responseStream) call.abort(shutDown());
    const timer = setTimeout(() => {
      for (const call of handlerHost.running.keys()) call.abort(shutDown());
      // One turn, so that the aborted calls can still send their status.
      setTimeout(() => server.forceShutdown(), 50);
    }, graceMs);
    await drained;
    clearTimeout(timer);
    options.logger.info('stopped');
  }
  return { address, port, shutdown };
}

function shutDown(): ServiceError {
  const message = 'The server is shutting down; try again.';
  return new ServiceError({ code: Code.UNAVAILABLE, reason: 'SHUTTING_DOWN', message });
}

function addService(server: Server, service: ServedService, host: HandlerHost, maxMessageBytes: number): void {
  const implementation: Record<string, UntypedHandleCall> = {};
  const definition: Record<string, MethodShape> = {};
  for (const [name, method] of Object.entries(service.definition)) {
    const handler = service.handlers[name];
    if (!handler) throw new Error(`The service has no handler for ${method.path}.`);
    definition[name] = neverThrowing(method, maxMessageBytes);
    implementation[name] = adaptHandler(method, handler, host);
  }
  // Generated code and grpc-js describe one and the same object by different types.
  server.addService(definition as unknown as ServiceDefinition, implementation satisfies UntypedServiceImplementation);
}

/**
 * The full name of a service, taken from the path of its methods:
 * `/oneshot.v1.JobService/LeaseJob`.
 */
function serviceName(service: ServedService): string {
  const path = Object.values(service.definition)[0]?.path ?? '';
  return path.split('/')[1] ?? '';
}

async function bind(server: Server, name: string, host: string, port: number): Promise<number> {
  const target = `${host.includes(':') ? `[${host}]` : host}:${port}`;
  return new Promise((resolve, reject) => {
    server.bindAsync(target, ServerCredentials.createInsecure(), (error, bound) => {
      if (!error) resolve(bound);
      else reject(cannotListen(name, target, error));
    });
  });
}

function cannotListen(name: string, target: string, error: Error): ServiceError {
  const inUse = error.message.includes('EADDRINUSE');
  const denied = error.message.includes('EACCES');
  const why = inUse
    ? 'another program listens there already. Stop it or choose another port'
    : denied
      ? 'this user may not open that port. Choose one of at least 1024'
      : error.message;
  return new ServiceError({
    code: Code.FAILED_PRECONDITION,
    reason: inUse ? 'PORT_IN_USE' : denied ? 'PORT_DENIED' : 'CANNOT_LISTEN',
    message: `${name} cannot listen on ${target}: ${why}.`,
    cause: error,
  });
}
