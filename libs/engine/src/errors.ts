/** What went wrong, for programs to match on. */
export type EngineErrorCode =
  | 'invalid_schedule'
  | 'invalid_argument'
  | 'backend_unavailable'
  | 'unsupported'
  /** The system gave no memory for a tensor or for the scratch of a kernel. */
  | 'out_of_memory'
  /** The native engine failed: a fault of its own. */
  | 'internal';

/** One field at fault: where it is, what was found, what is allowed. */
export interface EngineFault {
  readonly path: string;
  readonly message: string;
}

/** The engine's one family of errors. `faults` names every field at fault, in the order found. */
export class EngineError extends Error {
  override readonly name = 'EngineError';

  constructor(
    readonly code: EngineErrorCode,
    message: string,
    readonly faults: readonly EngineFault[] = [],
  ) {
    super(faults.length === 0 ? message : `${message}\n${faults.map((f) => `  ${f.path}: ${f.message}`).join('\n')}`);
  }
}

/** Throws `invalid_argument` for one field. */
export function invalidArgument(path: string, message: string): never {
  throw new EngineError('invalid_argument', `Invalid argument ${path}: ${message}`);
}
