import { status as Code } from '@grpc/grpc-js';
import { encodedLength, shortened } from './header-text.js';

export { Code };

/** One field of a request that cannot be accepted. */
export interface FieldFault {
  /** Where the field is, such as `search.epochs` or `methods[2].name`. */
  readonly path: string;
  /** What was found there, as text; empty when the field is missing. */
  readonly found: string;
  /** What is allowed there, as text, such as `an integer of at least 1`. */
  readonly allowed: string;
  /** The whole sentence for people. */
  readonly message: string;
}

/** A fault of another room as one of a request: what it does not name stays empty. */
export function fieldFaultOf(fault: Pick<FieldFault, 'path' | 'message'> & Partial<FieldFault>): FieldFault {
  const { path, found = '', allowed = '', message } = fault;
  return { path, found, allowed, message };
}

/** Every status a call can fail with; `OK` is no failure. */
export type FailureCode = Exclude<Code, Code.OK>;

export interface ServiceErrorOptions {
  readonly code: FailureCode;
  /** A word a program can match, in capitals, such as `RUN_NOT_FOUND`. */
  readonly reason: string;
  readonly message: string;
  /** Default: none. */
  readonly fields?: readonly FieldFault[];
  /** How many more fields are at fault than `fields` tells. Default 0. */
  readonly moreFields?: number;
  readonly cause?: unknown;
}

/**
 * The one error of every call: thrown by handlers, carried over the wire as a gRPC status with
 * `google.rpc` details, and thrown again by clients.
 */
export class ServiceError extends Error {
  override readonly name = 'ServiceError';
  readonly code: FailureCode;
  readonly reason: string;
  readonly fields: readonly FieldFault[];
  readonly moreFields: number;

  constructor(options: ServiceErrorOptions) {
    super(options.message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = options.code;
    this.reason = options.reason;
    this.fields = options.fields ?? [];
    this.moreFields = options.moreFields ?? 0;
  }
}

/**
 * INVALID_ARGUMENT that names every field at fault. The message tells the first ones, and how many
 * more there are.
 */
export function invalidArgument(fields: readonly FieldFault[], reason = 'INVALID_SPEC'): ServiceError {
  const shown: string[] = [];
  let room = mostToldAtOnce;
  for (const { path, message } of fields.slice(0, 8)) {
    const text = shortened(`${path}: ${message}`, mostToldOfOne);
    room -= encodedLength(text) + 2;
    if (room < 0 && shown.length > 0) break;
    shown.push(text);
  }
  const more = fields.length > shown.length ? `; and ${fields.length - shown.length} more` : '';
  return new ServiceError({ code: Code.INVALID_ARGUMENT, reason, message: shown.join('; ') + more, fields });
}

// Messages travel in a header; see `largestMessage` of statuses.
const mostToldOfOne = 400;
const mostToldAtOnce = 1500;

export function notFound(what: string, id: string): ServiceError {
  const reason = `${what.toUpperCase().replaceAll(' ', '_')}_NOT_FOUND`;
  const shown = JSON.stringify(shortened(id, 100));
  return new ServiceError({ code: Code.NOT_FOUND, reason, message: `There is no ${what} ${shown}.` });
}
