import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Client, credentials, Metadata } from '@grpc/grpc-js';
import type { CallOptions, ClientOptions, ServiceClient } from './client-types.js';
import type { MethodShape, ServiceShape } from './handlers.js';
import { retrying } from './retry.js';
import { Code, ServiceError } from './service-error.js';
import { errorFromStatus, isStatus } from './status.js';

/**
 * A client of one service.
 *
 * @param type the generated client class, such as `SearcherServiceClient`.
 * @param address `host:port`. Nothing is connected before the first call.
 */
export function connect<Service extends ServiceShape>(
  type: { readonly service: Service },
  address: string,
  options: ClientOptions = {},
): ServiceClient<Service> {
  const maxMessageBytes = options.maxMessageBytes ?? 4 * 1024 * 1024;
  const client = new Client(address, credentials.createInsecure(), {
    'grpc.max_receive_message_length': maxMessageBytes,
    'grpc.max_send_message_length': maxMessageBytes,
    'grpc.keepalive_time_ms': 20_000,
    'grpc.keepalive_timeout_ms': 10_000,
    'grpc.initial_reconnect_backoff_ms': 100,
    'grpc.max_reconnect_backoff_ms': 2000,
    // Repetition is decided here, where deadlines and cancellation are known.
    'grpc.enable_retries': 0,
    // Clients in one process share no connection, so that closing one disturbs no other.
    'grpc.use_local_subchannel_pool': 1,
  });
  const methods = Object.fromEntries(
    Object.entries(type.service).map(([name, method]) => [name, callOf(client, method, options)]),
  );
  return { ...methods, close: () => client.close() } as unknown as ServiceClient<Service>;
}

type Messages = AsyncIterable<unknown> | Iterable<unknown>;

function callOf(client: Client, method: MethodShape, defaults: ClientOptions): unknown {
  const serialize = method.requestSerialize as (value: unknown) => Buffer;
  const deserialize = method.responseDeserialize;
  const deadlineOf = (call: CallOptions, standard: number | undefined) => {
    const span = call.deadlineMs ?? standard;
    return span === undefined ? {} : { deadline: Date.now() + span };
  };

  if (method.responseStream) {
    return (request: unknown, call: CallOptions = {}) => {
      const options = deadlineOf(call, undefined);
      if (!method.requestStream) {
        const open = () =>
          client.makeServerStreamRequest(method.path, serialize, deserialize, request, new Metadata(), options);
        return received(open, call.signal);
      }
      const open = () => {
        const duplex = client.makeBidiStreamRequest(method.path, serialize, deserialize, new Metadata(), options);
        // A failed call is told to whoever reads the responses.
        pipeline(Readable.from(request as Messages), duplex).catch(() => duplex.cancel());
        return duplex;
      };
      return received(open, call.signal);
    };
  }
  if (method.requestStream) {
    return (messages: Messages, call: CallOptions = {}) =>
      once(call.signal, (callback) => {
        const options = deadlineOf(call, defaults.deadlineMs ?? 30_000);
        const stream = client.makeClientStreamRequest(
          method.path,
          serialize,
          deserialize,
          new Metadata(),
          options,
          callback,
        );
        let failed: Error | undefined;
        const source = Readable.from(
          noting(messages, (error) => {
            failed = error;
          }),
        );
        pipeline(source, stream).catch(() => {
          // A source that fails must not look like a source that ended. Whatever else ends the
          // stream has a status, and that is told.
          if (!failed) return;
          callback(failed);
          stream.cancel();
        });
        // A call refused half-way leaves its source unread; what it holds open is closed.
        stream.on('status', () => source.destroy());
        return stream;
      });
  }
  return (request: unknown, call: CallOptions = {}) => {
    const options = deadlineOf(call, defaults.deadlineMs ?? 30_000);
    const attempt = () =>
      once(call.signal, (callback) =>
        client.makeUnaryRequest(method.path, serialize, deserialize, request, new Metadata(), options, callback),
      );
    const retry = { ...defaults.retry, ...call.retry };
    return retrying(attempt, call.signal ? { retry, signal: call.signal } : { retry });
  };
}

/** The messages as they are; `onError` learns of a failure of their source. */
async function* noting(messages: Messages, onError: (error: Error) => void): AsyncIterable<unknown> {
  try {
    yield* messages;
  } catch (error) {
    onError(error instanceof Error ? error : new Error(String(error)));
    throw error;
  }
}

/** One call with a single response, as a promise. */
function once(
  signal: AbortSignal | undefined,
  start: (callback: (error: Error | null, response?: unknown) => void) => { cancel(): void },
): Promise<unknown> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) {
      reject(cancelledByCaller());
      return;
    }
    const call = start((error, response) => {
      signal?.removeEventListener('abort', cancel);
      if (!error) resolve(response);
      else reject(isStatus(error) ? errorFromStatus(error) : error);
    });
    const cancel = () => call.cancel();
    signal?.addEventListener('abort', cancel, { once: true });
  });
}

/** The responses of one call; leaving the loop early cancels it. */
async function* received(
  open: () => AsyncIterable<unknown> & { cancel(): void },
  signal: AbortSignal | undefined,
): AsyncIterable<unknown> {
  if (signal?.aborted) throw cancelledByCaller();
  const call = open();
  const cancel = () => call.cancel();
  signal?.addEventListener('abort', cancel, { once: true });
  try {
    yield* call;
  } catch (error) {
    throw isStatus(error) ? errorFromStatus(error) : error;
  } finally {
    signal?.removeEventListener('abort', cancel);
    call.cancel();
  }
}

function cancelledByCaller(): ServiceError {
  return new ServiceError({ code: Code.CANCELLED, reason: 'CANCELLED', message: 'The call was cancelled.' });
}
