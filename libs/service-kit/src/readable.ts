import type { MethodShape } from './handlers.js';
import { Code, ServiceError } from './service-error.js';

/** A message that could not be decoded; whoever takes it from the wire throws its error. */
class Unreadable {
  readonly error: ServiceError;

  constructor(error: ServiceError) {
    this.error = error;
  }
}

/**
 * The method with a decoder that never throws: the library would answer INTERNAL, without details, for what is the client's fault. A message beyond
 * `mostBytes` is not decoded either.
 */
export function neverThrowing<Method extends MethodShape>(method: Method, mostBytes: number): Method {
  const requestDeserialize = (bytes: Buffer): unknown => {
    if (bytes.length > mostBytes) return new Unreadable(tooLarge(bytes.length, mostBytes));
    try {
      return method.requestDeserialize(bytes);
    } catch (error) {
      return new Unreadable(undecodable(error));
    }
  };
  return { ...method, requestDeserialize };
}

/** The message, if it could be decoded. INVALID_ARGUMENT or RESOURCE_EXHAUSTED otherwise. */
export function readable(message: unknown): unknown {
  if (message instanceof Unreadable) throw message.error;
  return message;
}

/** The messages of a stream, as far as they can be decoded. */
export async function* allReadable(messages: AsyncIterable<unknown>): AsyncIterable<unknown> {
  for await (const message of messages) yield readable(message);
}

function undecodable(error: unknown): ServiceError {
  const why = error instanceof Error ? error.message : String(error);
  const message = `The message cannot be decoded: ${why}. Integers beyond 2^53 are not taken.`;
  return new ServiceError({ code: Code.INVALID_ARGUMENT, reason: 'UNREADABLE_MESSAGE', message, cause: error });
}

function tooLarge(found: number, most: number): ServiceError {
  const message = `The message of ${found} bytes is larger than max ${most} bytes.`;
  return new ServiceError({ code: Code.RESOURCE_EXHAUSTED, reason: 'MESSAGE_TOO_LARGE', message });
}
