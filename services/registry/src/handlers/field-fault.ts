import { type FieldFault, invalidArgument, type ServiceError } from '@oneshot/service-kit';

/** A fault of one field, with the sentence that follows from what was found and what is allowed. */
export function fieldFault(path: string, found: string, allowed: string): FieldFault {
  const told = found === '' ? 'is missing' : `found ${JSON.stringify(found)}`;
  return { path, found, allowed, message: `${told}; allowed is ${allowed}` };
}

export function invalidRequest(faults: readonly FieldFault[]): ServiceError {
  return invalidArgument(faults, 'INVALID_REQUEST');
}
