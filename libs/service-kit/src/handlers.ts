import type { CallContext } from './call-context.js';

/** One method as generated code describes it. */
export interface MethodShape {
  readonly path: string;
  readonly requestStream: boolean;
  readonly responseStream: boolean;
  readonly requestSerialize: (value: never) => Buffer;
  readonly requestDeserialize: (value: Buffer) => unknown;
  readonly responseSerialize: (value: never) => Buffer;
  readonly responseDeserialize: (value: Buffer) => unknown;
}

/** A service as generated code describes it, such as `SearcherServiceService`. */
export type ServiceShape = { readonly [method: string]: MethodShape };

export type RequestOf<Method extends MethodShape> = ReturnType<Method['requestDeserialize']>;
export type ResponseOf<Method extends MethodShape> = ReturnType<Method['responseDeserialize']>;

type Input<Method extends MethodShape> = Method['requestStream'] extends true
  ? AsyncIterable<RequestOf<Method>>
  : RequestOf<Method>;
type Output<Method extends MethodShape> = Method['responseStream'] extends true
  ? AsyncIterable<ResponseOf<Method>>
  : Promise<ResponseOf<Method>>;

/**
 * A service's methods as plain functions: promises for single messages, async iterables for
 * streams. Failures are thrown.
 */
export type Handlers<Service extends ServiceShape> = {
  readonly [Name in keyof Service]: (request: Input<Service[Name]>, context: CallContext) => Output<Service[Name]>;
};

/** A service together with the functions that serve it. */
export interface ServedService {
  readonly definition: ServiceShape;
  readonly handlers: { readonly [method: string]: (request: never, context: CallContext) => unknown };
}

/**
 * Joins a service's definition with its handlers; the compiler checks that none is missing or of
 * the wrong type.
 */
export function serve<Service extends ServiceShape>(definition: Service, handlers: Handlers<Service>): ServedService {
  return { definition, handlers };
}
