import type {
  Metadata,
  ServerDuplexStream,
  ServerReadableStream,
  ServerUnaryCall,
  ServerWritableStream,
  sendUnaryData,
  UntypedHandleCall,
} from '@grpc/grpc-js';
import type { CallContext } from './call-context.js';
import type { MethodShape } from './handlers.js';
import type { Logger } from './logger.js';
import { allReadable, encoded, readable } from './messages.js';
import { Code, ServiceError } from './service-error.js';
import { presentableError, statusFromError } from './status.js';

type AnyCall = {
  readonly metadata: Metadata;
  readonly cancelled: boolean;
  getPeer(): string;
  getDeadline(): Date | number;
  on(event: 'cancelled', listener: () => void): unknown;
};

/** What adapted handlers share with the server they run in. */
export interface HandlerHost {
  readonly logger: Logger;
  readonly defaultDeadlineMs: number;
  /** A larger response is refused. */
  readonly maxMessageBytes: number;
  readonly translateError: ((error: unknown) => ServiceError | undefined) | undefined;
  /** Calls in progress; aborting one ends it. */
  readonly running: Map<AbortController, MethodShape>;
  /** Aborted when the server begins to shut down. */
  readonly stopping: AbortSignal;
}

type PlainHandler = (request: never, context: CallContext) => unknown;

/**
 * Turns a plain handler into the one that grpc-js calls: context, deadline, error mapping and one
 * log line around it.
 */
export function adaptHandler(method: MethodShape, handler: PlainHandler, host: HandlerHost): UntypedHandleCall {
  if (!method.requestStream && !method.responseStream) {
    return (call: ServerUnaryCall<unknown, unknown>, callback: sendUnaryData<unknown>) => {
      void answer(method, handler, host, call, () => readable(call.request), callback);
    };
  }
  if (!method.responseStream) {
    return (call: ServerReadableStream<unknown, unknown>, callback: sendUnaryData<unknown>) => {
      void answer(method, handler, host, call, () => allReadable(call), callback);
    };
  }
  if (!method.requestStream) {
    return (call: ServerWritableStream<unknown, unknown>) => {
      void stream(method, handler, host, call, () => readable(call.request));
    };
  }
  return (call: ServerDuplexStream<unknown, unknown>) => {
    void stream(method, handler, host, call, () => allReadable(call));
  };
}

async function answer(
  method: MethodShape,
  handler: PlainHandler,
  host: HandlerHost,
  call: AnyCall,
  request: () => unknown,
  callback: sendUnaryData<unknown>,
): Promise<void> {
  await observed(method, host, call, async (context) => {
    try {
      const response = await abortable(handler(request() as never, context) as Promise<unknown>, context.signal);
      callback(null, encoded(method, response, host.maxMessageBytes));
      return undefined;
    } catch (thrown) {
      const error = asSeen(thrown, context, host);
      callback(statusFromError(error));
      return error;
    }
  });
}

async function stream(
  method: MethodShape,
  handler: PlainHandler,
  host: HandlerHost,
  call: ServerWritableStream<unknown, unknown> | ServerDuplexStream<unknown, unknown>,
  request: () => unknown,
): Promise<void> {
  await observed(method, host, call, async (context) => {
    try {
      for await (const message of handler(request() as never, context) as AsyncIterable<unknown>) {
        if (context.signal.aborted) break;
        if (!call.write(encoded(method, message, host.maxMessageBytes))) await drained(call, context.signal);
      }
      context.signal.throwIfAborted();
      call.end();
      return undefined;
    } catch (thrown) {
      const error = asSeen(thrown, context, host);
      const { code, details, metadata } = statusFromError(error);
      call.emit('error', Object.assign(new Error(details), { code, details, metadata }));
      return error;
    }
  });
}

/** Runs one call inside its context, and writes its line to the log. */
async function observed(
  method: MethodShape,
  host: HandlerHost,
  call: AnyCall,
  run: (context: CallContext) => Promise<ServiceError | undefined>,
): Promise<void> {
  const begun = performance.now();
  const controller = new AbortController();
  host.running.set(controller, method);
  call.on('cancelled', () => controller.abort(cancelled()));
  const deadline = effectiveDeadline(method, call, host);
  const timer =
    deadline && setTimeout(() => controller.abort(late(method)), Math.max(0, deadline.getTime() - Date.now()));
  const peer = call.getPeer();
  const logger = host.logger.child({ method: method.path });
  const { signal } = controller;
  const { metadata } = call;
  const context = { method: method.path, signal, stopping: host.stopping, deadline, metadata, peer, logger };
  try {
    const error = await run(context);
    const line = { code: Code[error?.code ?? Code.OK], durationMs: Math.round(performance.now() - begun), peer };
    if (!error) logger.debug(line, 'call');
    else logger[levelOf(error)]({ ...line, reason: error.reason, error: error.message }, 'call');
  } finally {
    clearTimeout(timer);
    host.running.delete(controller);
  }
}

/**
 * Failures that whoever runs the server should know of are warnings; the others are the affair of
 * the client.
 */
function levelOf({ code }: ServiceError): 'warn' | 'debug' {
  switch (code) {
    case Code.INTERNAL:
    case Code.UNKNOWN:
    case Code.DATA_LOSS:
      return 'warn';
    default:
      return 'debug';
  }
}

/** The client's deadline; without one, the server's default for calls with a single response. */
function effectiveDeadline(method: MethodShape, call: AnyCall, host: HandlerHost): Date | undefined {
  const given = call.getDeadline();
  const time = given instanceof Date ? given.getTime() : given;
  if (Number.isFinite(time)) return new Date(time);
  const single = !method.responseStream && !method.requestStream;
  return single ? new Date(Date.now() + host.defaultDeadlineMs) : undefined;
}

function cancelled(): ServiceError {
  return new ServiceError({ code: Code.CANCELLED, reason: 'CANCELLED', message: 'The client cancelled the call.' });
}

function late(method: MethodShape): ServiceError {
  const message = `${method.path} did not finish before its deadline.`;
  return new ServiceError({ code: Code.DEADLINE_EXCEEDED, reason: 'DEADLINE_EXCEEDED', message });
}

/**
 * A handler that ignores its signal must not keep the client waiting: the call ends when the signal
 * says so.
 */
async function abortable<Result>(work: Promise<Result>, signal: AbortSignal): Promise<Result> {
  signal.throwIfAborted();
  let onAbort: (() => void) | undefined;
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => reject(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    if (onAbort) signal.removeEventListener('abort', onAbort);
  }
}

function asSeen(thrown: unknown, context: CallContext, host: HandlerHost): ServiceError {
  // Whatever a library throws when its signal is aborted, the reason of the abort is what happened.
  if (context.signal.aborted && context.signal.reason instanceof ServiceError) return context.signal.reason;
  return presentableError(thrown, host.translateError, context.logger);
}

/**
 * Waits until the peer has taken what was written: a slow reader slows the handler instead of
 * filling memory.
 */
function drained(call: NodeJS.EventEmitter, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      call.off('drain', done);
      signal.removeEventListener('abort', done);
      resolve();
    };
    call.on('drain', done);
    signal.addEventListener('abort', done, { once: true });
    if (signal.aborted) done();
  });
}
