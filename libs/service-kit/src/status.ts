import { randomUUID } from 'node:crypto';
import { Metadata, type StatusObject } from '@grpc/grpc-js';
import { encodedLength, shortened } from './header-text.js';
import type { Logger } from './logger.js';
import { Code, type FailureCode, type FieldFault, ServiceError } from './service-error.js';
import { decodeStatusDetails, detailsKey, encodeStatusDetails } from './status-details.js';

// Clients refuse headers beyond 8 KiB in all. The message travels percent-encoded in one, the
// details in base64 in another.
const largestMessage = 1800;
const largestHeaders = 7400;
const mostOfOneText = 400;

/**
 * The gRPC status that tells a client of an error. Of faults of fields that no longer fit, their
 * number is told.
 */
export function statusFromError(error: ServiceError): StatusObject {
  const message = fitting(error.message);
  const room = ((largestHeaders - encodedLength(message)) * 3) / 4;
  const base = { code: error.code, message, reason: error.reason };
  const fields: FieldFault[] = [];
  const encoded = (): Buffer =>
    encodeStatusDetails({ ...base, fields, moreFields: error.moreFields + error.fields.length - fields.length });
  let details = encoded();
  for (const field of error.fields) {
    fields.push(shortenedFault(field));
    const longer = encoded();
    if (longer.length > room) {
      fields.pop();
      details = encoded();
      break;
    }
    details = longer;
  }
  const metadata = new Metadata();
  metadata.set(detailsKey, details);
  return { code: error.code, details: message, metadata };
}

function shortenedFault({ path, found, allowed, message }: FieldFault): FieldFault {
  return {
    path: shortened(path, mostOfOneText),
    found: shortened(found, mostOfOneText),
    allowed: shortened(allowed, mostOfOneText),
    message: shortened(message, mostOfOneText),
  };
}

/** A message that fits its header; halves of characters, which UTF-8 has none for, are replaced. */
function fitting(message: string): string {
  let text = Buffer.from(shortened(message, largestMessage)).toString('utf8');
  while (encodedLength(text) > largestMessage) text = shortened(text, Math.floor(text.length * 0.8));
  return text;
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
    const { reason, ...faults } = decodeStatusDetails(bytes);
    return new ServiceError({ ...plain, reason: reason || plain.reason, ...faults });
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

/**
 * The error a client may see: its own kind as it is, anything else as INTERNAL under an id that the
 * log tells of.
 */
export function presentableError(
  error: unknown,
  translate: ((error: unknown) => ServiceError | undefined) | undefined,
  logger: Logger,
): ServiceError {
  if (error instanceof ServiceError) return error;
  const translated = translate?.(error);
  if (translated) {
    // The client is not told of places on this machine; whoever reads the log may need them.
    logger.warn({ err: error, reason: translated.reason }, 'call failed');
    return translated;
  }
  const id = randomUUID();
  logger.error({ errorId: id, err: error }, 'unexpected error');
  return new ServiceError({
    code: Code.INTERNAL,
    reason: 'INTERNAL',
    message: `An unexpected error occurred; the server's log tells of it under ${id}.`,
    cause: error,
  });
}
