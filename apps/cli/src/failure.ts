import { ExitCode } from './exit-codes.js';

/**
 * One thing wrong with the input; `found` and `allowed` may be empty where the message says all.
 */
export interface Fault {
  readonly path: string;
  readonly found: string;
  readonly allowed: string;
  readonly message: string;
}

interface FailureOptions {
  readonly exitCode: ExitCode;
  /** A word a program can match. */
  readonly reason: string;
  /** Default: none. */
  readonly faults?: readonly Fault[];
  /** What to do about it. */
  readonly advice?: string;
  readonly cause?: unknown;
}

/** How a command ends when it does not end well: what a person reads, and what the exit code is. */
export class Failure extends Error {
  override readonly name = 'Failure';
  readonly exitCode: ExitCode;
  readonly reason: string;
  readonly faults: readonly Fault[];
  readonly advice: string | undefined;

  constructor(message: string, options: FailureOptions) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.exitCode = options.exitCode;
    this.reason = options.reason;
    this.faults = options.faults ?? [];
    this.advice = options.advice;
  }
}

/** Bad usage or bad input, with nothing more to say than one sentence. */
export function badInput(message: string, faults: readonly Fault[] = []): Failure {
  return new Failure(message, { exitCode: ExitCode.badInput, reason: 'BAD_INPUT', faults });
}

/** A fault on one line: `path: found …, allowed …`. */
export function describeFault(fault: Fault): string {
  if (fault.found !== '' && fault.allowed !== '')
    return `${fault.path}: found ${fault.found}, allowed: ${fault.allowed}`;
  if (fault.message !== '') return `${fault.path}: ${fault.message}`;
  return `${fault.path}: ${fault.allowed === '' ? `found ${fault.found}` : `missing, allowed: ${fault.allowed}`}`;
}
