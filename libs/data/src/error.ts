/** What can be wrong with data; a program may match on it. */
export type DataFaultCode =
  | 'unknown_dataset'
  | 'not_found'
  | 'not_readable'
  | 'digest_mismatch'
  | 'wrong_format'
  | 'truncated'
  | 'label_out_of_range'
  | 'count_mismatch'
  | 'empty_class'
  | 'mixed_sizes'
  | 'unreadable_image'
  | 'invalid_argument'
  | 'download_failed'
  | 'checksum_mismatch'
  | 'exists';

/** One thing wrong, in words a person can act on. */
export interface DataFault {
  readonly code: DataFaultCode;
  /** The file, directory or argument at fault. */
  readonly field: string;
  readonly found: string;
  readonly allowed: string;
}

/**
 * Data that cannot be used. Carries every fault found, at least one; `code` and `field` are those
 * of the first.
 */
export class DataError extends Error {
  readonly code: DataFaultCode;
  readonly field: string;
  readonly faults: readonly [DataFault, ...DataFault[]];

  constructor(first: DataFault, ...more: readonly DataFault[]) {
    super([first, ...more].map(describeFault).join('\n'));
    this.name = 'DataError';
    this.code = first.code;
    this.field = first.field;
    this.faults = [first, ...more];
  }
}

/** `field: found …; allowed …` on one line. */
export function describeFault(fault: DataFault): string {
  return `${fault.field}: found ${fault.found}; allowed: ${fault.allowed}`;
}

/** Throws one DataError with all faults, or returns when there are none. */
export function throwFaults(faults: readonly DataFault[]): void {
  const [first, ...more] = faults;
  if (first) throw new DataError(first, ...more);
}

/** Whether an error comes from a call of the operating system, such as ENOENT or EACCES. */
export function isSystemError(error: unknown): error is Error & { readonly code: string } {
  return error instanceof Error && 'code' in error && 'syscall' in error;
}
