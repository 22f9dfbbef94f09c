import type { MethodShape, RequestOf, ResponseOf, ServiceShape } from './handlers.js';

/** How often and for how long a call is repeated while its server is UNAVAILABLE. */
export interface RetryPolicy {
  /** Attempts in all, the first included. Default 6. */
  readonly attempts: number;
  /** Milliseconds before the second attempt; doubles from there, with jitter. Default 100. */
  readonly firstDelayMs: number;
  /** Longest wait between attempts, in milliseconds. Default 2000. */
  readonly maxDelayMs: number;
}

export interface ClientOptions {
  /**
   * Deadline of a call with a single response, in milliseconds over all its attempts. Default
   * 30000.
   */
  readonly deadlineMs?: number;
  /** Only calls with a single request and a single response are repeated. */
  readonly retry?: Partial<RetryPolicy>;
  /** Largest message sent or received, in bytes. Default 4 MiB. */
  readonly maxMessageBytes?: number;
}

export interface CallOptions {
  /** Cancels the call. */
  readonly signal?: AbortSignal;
  /** Replaces the client's; streams have none unless it is given here. */
  readonly deadlineMs?: number;
  readonly retry?: Partial<RetryPolicy>;
}

type Sent<Method extends MethodShape> = Method['requestStream'] extends true
  ? AsyncIterable<RequestOf<Method>> | Iterable<RequestOf<Method>>
  : RequestOf<Method>;
type Received<Method extends MethodShape> = Method['responseStream'] extends true
  ? AsyncIterable<ResponseOf<Method>>
  : Promise<ResponseOf<Method>>;

/** The functions of a service, called over the wire. Failures are thrown as ServiceError. */
export type ClientMethods<Service extends ServiceShape> = {
  readonly [Name in keyof Service]: (request: Sent<Service[Name]>, options?: CallOptions) => Received<Service[Name]>;
};

/**
 * A connection to one service. It connects by itself and for ever; a server that is down at first
 * is no error.
 */
export type ServiceClient<Service extends ServiceShape> = ClientMethods<Service> & {
  /** Closes the connection; calls in flight end as CANCELLED. */
  close(): void;
};
