/** One thing wrong with an input: where, what was found, what is allowed. */
export interface Fault {
  /** Path of the field, such as `space.channels` or `cells.normal.nodes[1][0].op`. */
  readonly path: string;
  /** The value found, as text, where it can be told apart from the message. */
  readonly found?: string;
  readonly allowed?: string;
  readonly message: string;
}

/** What a program can match on. */
export type NasErrorCode =
  | 'invalid_space'
  | 'invalid_genotype'
  | 'invalid_profile'
  | 'invalid_image'
  | 'invalid_network'
  | 'invalid_state';

/** Every error this room throws on bad input. Lists every fault, not only the first. */
export class NasError extends Error {
  readonly code: NasErrorCode;
  readonly faults: readonly Fault[];

  constructor(code: NasErrorCode, faults: readonly Fault[]) {
    super(faults.map((fault) => (fault.path ? `${fault.path}: ${fault.message}` : fault.message)).join('; '));
    this.name = 'NasError';
    this.code = code;
    this.faults = faults;
  }
}

/** Throws one error with all faults, or does nothing when there are none. */
export function refuse(code: NasErrorCode, faults: readonly Fault[]): void {
  if (faults.length > 0) throw new NasError(code, faults);
}
