import type { Fault } from '@oneshot/nas';

/** What a program can match on. */
export type TrainingErrorCode =
  | 'invalid_spec'
  | 'data_mismatch'
  | 'checkpoint_corrupt'
  | 'checkpoint_mismatch'
  | 'checkpoint_version'
  | 'checkpoint_unreadable'
  | 'other_arithmetic'
  | 'disk_full'
  | 'diverged'
  | 'too_large'
  | 'cancelled';

/** Every error this room throws. Lists every fault, not only the first. */
export class TrainingError extends Error {
  readonly code: TrainingErrorCode;
  readonly faults: readonly Fault[];

  constructor(code: TrainingErrorCode, faults: readonly Fault[], cause?: unknown) {
    const message = faults.map((fault) => (fault.path ? `${fault.path}: ${fault.message}` : fault.message)).join('; ');
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'TrainingError';
    this.code = code;
    this.faults = faults;
  }
}
