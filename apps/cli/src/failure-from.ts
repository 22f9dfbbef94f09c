import { DataError } from '@oneshot/data';
import { NasError } from '@oneshot/nas';
import { Code, type FieldFault, fieldFaultOf, ServiceError } from '@oneshot/service-kit';
import { ExitCode } from './exit-codes.js';
import { Failure, type Fault } from './failure.js';

/**
 * Whatever was thrown, as a failure. Errors nobody foresaw keep their cause, for `ONESHOT_DEBUG=1`.
 */
export function failureFrom(error: unknown): Failure {
  if (error instanceof Failure) return error;
  if (error instanceof ServiceError) return fromService(error);
  if (error instanceof DataError) {
    const faults = error.faults.map((fault) => ({
      path: fault.field,
      found: fault.found,
      allowed: fault.allowed,
      message: '',
    }));
    const exitCode = error.code === 'download_failed' ? ExitCode.unreachable : ExitCode.badInput;
    return new Failure('The data cannot be used.', {
      exitCode,
      reason: error.code.toUpperCase(),
      faults,
      cause: error,
      ...(error.code === 'exists' ? { advice: '--to names another place; --force overwrites what exists.' } : {}),
    });
  }
  if (error instanceof NasError) {
    const faults = error.faults.map(fieldFaultOf);
    return new Failure('The input cannot be used.', {
      exitCode: ExitCode.badInput,
      reason: error.code.toUpperCase(),
      faults,
      cause: error,
    });
  }
  if (isMemoryError(error)) {
    const advice =
      'Fewer rows, methods or benchmarks at a time, or a machine with more memory (NODE_OPTIONS=--max-old-space-size=MB).';
    return new Failure(error.message, { exitCode: ExitCode.noResource, reason: 'OUT_OF_MEMORY', advice, cause: error });
  }
  const system = systemFailure(error);
  if (system !== undefined) return system;
  const message = error instanceof Error ? error.message : String(error);
  return new Failure(message, { exitCode: ExitCode.unexpected, reason: 'UNEXPECTED', cause: error });
}

/** Told by code that looks ahead, or by the allocation itself. */
function isMemoryError(error: unknown): error is Error {
  if (!(error instanceof Error)) return false;
  return (
    error.name === 'MemoryError' ||
    (error instanceof RangeError &&
      /allocation failed|Invalid (typed )?array length|Invalid string length/.test(error.message)) ||
    ('code' in error && (error.code === 'ERR_STRING_TOO_LONG' || error.code === 'ERR_MEMORY_ALLOCATION_FAILED'))
  );
}

function fromService(error: ServiceError): Failure {
  const options = {
    exitCode: exitCodeOf(error),
    reason: error.reason,
    faults: error.fields.map(faultOf),
    cause: error,
  };
  if (error.fields.length > 0) {
    const advice = error.moreFields > 0 ? { advice: `${error.moreFields} more faults are not shown.` } : {};
    return new Failure('The input was refused.', { ...options, ...advice });
  }
  if (error.code === Code.UNAVAILABLE && error.reason === Code[Code.UNAVAILABLE]) {
    const why = /connect [A-Z]+ \S+|Name resolution failed for target \S+/.exec(error.message)?.[0] ?? error.message;
    const advice = 'Is it running, and is its address right? Without addresses everything runs in this process.';
    return new Failure(`A service cannot be reached: ${why}.`, { ...options, advice });
  }
  return new Failure(error.message, options);
}

function faultOf(field: FieldFault): Fault {
  return { path: field.path, found: field.found, allowed: field.allowed, message: field.message };
}

function exitCodeOf(error: ServiceError): ExitCode {
  if (error.reason === 'PORT_IN_USE') return ExitCode.unreachable;
  switch (error.code) {
    case Code.INVALID_ARGUMENT:
    case Code.NOT_FOUND:
    case Code.ALREADY_EXISTS:
    case Code.OUT_OF_RANGE:
    case Code.FAILED_PRECONDITION:
      return ExitCode.badInput;
    case Code.UNAVAILABLE:
    case Code.DEADLINE_EXCEEDED:
      return ExitCode.unreachable;
    case Code.CANCELLED:
      return ExitCode.cancelled;
    case Code.RESOURCE_EXHAUSTED:
    case Code.PERMISSION_DENIED:
      return ExitCode.noResource;
    default:
      return ExitCode.runFailed;
  }
}

const systemAdvice: Readonly<Record<string, readonly [message: string, exitCode: ExitCode]>> = {
  ENOSPC: ['the disk is full', ExitCode.noResource],
  EDQUOT: ['the disk quota is used up', ExitCode.noResource],
  EACCES: ['permission denied', ExitCode.noResource],
  EPERM: ['not permitted', ExitCode.noResource],
  EROFS: ['the file system is read-only', ExitCode.noResource],
  EMFILE: ['too many open files', ExitCode.noResource],
  ENOENT: ['no such file or folder', ExitCode.badInput],
  EISDIR: ['a folder, where a file is needed', ExitCode.badInput],
  ENOTDIR: ['a file, where a folder is needed', ExitCode.badInput],
  EADDRINUSE: ['the port is in use', ExitCode.unreachable],
};

function systemFailure(error: unknown): Failure | undefined {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return undefined;
  const known = systemAdvice[error.code];
  if (known === undefined) return undefined;
  const [what, exitCode] = known;
  const where = 'path' in error && typeof error.path === 'string' ? `${error.path}: ` : '';
  return new Failure(`${where}${what}.`, { exitCode, reason: error.code, cause: error });
}
