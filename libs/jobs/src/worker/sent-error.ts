import { Code, type FailureCode, ServiceError } from '@oneshot/service-kit';
import type { SentError } from './thread-messages.js';

export function sendable(error: unknown): SentError {
  if (error instanceof ServiceError) {
    const { code, reason, message, fields } = error;
    return { kind: 'service', code, reason, message, fields };
  }
  return { kind: 'other', message: error instanceof Error ? error.message : String(error) };
}

export function received(sent: SentError): Error {
  if (sent.kind === 'other') return new Error(sent.message);
  const code: FailureCode = sent.code === Code.OK ? Code.UNKNOWN : sent.code;
  return new ServiceError({ code, reason: sent.reason, message: sent.message, fields: sent.fields });
}
