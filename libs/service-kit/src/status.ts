import { randomUUID } from 'node:crypto';
import { Metadata, type StatusObject } from '@grpc/grpc-js';
import type { Logger } from './logger.js';
import { Code, type FailureCode, ServiceError } from './service-error.js';
import { decodeStatusDetails, detailsKey, encodeStatusDetails } from './status-details.js';

// Details travel as a header, and clients refuse headers beyond 8 KiB in all.
const largestDetails = 6 * 1024;

/** The gRPC status that tells a client of an error. Faults of fields that no longer fit are left out, the last ones first. */
export function statusFromError(error: ServiceError): StatusObject {
  let fields = error.fields;
  const encode = () =>
    encodeStatusDetails({ code: error.code, message: message.slice(0, 1024), reason: error.reason, fields });
  const message = error.message;
  let details = encode();
  while (details.length > largestDetails && fields.length > 0) {
    fields = fields.slice(0, Math.floor(fields.length / 2));
    details = encode();
  }
  const metadata = new Metadata();
  metadata.set(detailsKey, details);
  // The message is percent-encoded into a header as well; it must leave room for the details.
  return { code: error.code, details: message.slice(0, 2048), metadata };
}

/** The error that a gRPC status tells of. */
export function errorFromStatus(status: {
  readonly code: number;
  readonly details: string;
  readonly metadata?: Metadata;
}): ServiceError {
  const code = isFailureCode(status.code) ? status.code : Code.UNKNOWN;
  const bytes = status.metadata?.get(detailsKey)[0];
  const plain = { code, reason: Code[code], message: status.details };
  if (!Buffer.isBuffer(bytes)) return new ServiceError(plain);
  try {
    const { reason, fields } = decodeStatusDetails(bytes);
    return new ServiceError({ ...plain, reason: reason || plain.reason, fields });
  } catch {
    // Details of a foreign make that cannot be read take nothing from the status itself.
    return new ServiceError(plain);
  }
}

function isFailureCode(code: number): code is FailureCode {
  return code !== Code.OK && Code[code] !== undefined;
}

/** Whether a value thrown by a gRPC call carries a status. */
export function isStatus(error: unknown): error is StatusObject {
  return error instanceof Error && 'code' in error && typeof error.code === 'number' && 'details' in error;
}

/** The error a client may see: its own kind as it is, anything else as INTERNAL under an id that the log tells of. */
export function presentableError(
  error: unknown,
  translate: ((error: unknown) => ServiceError | undefined) | undefined,
  logger: Logger,
): ServiceError {
  if (error instanceof ServiceError) return error;
  const translated = translate?.(error);
  if (translated) return translated;
  const id = randomUUID();
  logger.error({ errorId: id, err: error }, 'unexpected error');
  return new ServiceError({
    code: Code.INTERNAL,
    reason: 'INTERNAL',
    message: `An unexpected error occurred; the server's log tells of it under ${id}.`,
    cause: error,
  });
}
