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
 * The method with a decoder that never throws: the library would answer INTERNAL, without details,
 * for what is the client's fault. A message beyond `mostBytes` is not decoded either. Responses are
 * taken as `encoded` makes them.
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
  return { ...method, requestDeserialize, responseSerialize: (bytes: Buffer) => bytes };
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

/** A response as it travels. RESOURCE_EXHAUSTED for one that is larger than a message may be. */
export function encoded(method: MethodShape, response: unknown, mostBytes: number): Buffer {
  const bytes = method.responseSerialize(response as never);
  if (bytes.length <= mostBytes) return bytes;
  const message = `The answer of ${method.path} has ${bytes.length} bytes; a message has at most ${mostBytes}. Ask for less at once.`;
  throw new ServiceError({ code: Code.RESOURCE_EXHAUSTED, reason: 'RESPONSE_TOO_LARGE', message });
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
