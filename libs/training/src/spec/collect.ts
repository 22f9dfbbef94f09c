import { type Fault, NasError } from '@oneshot/nas';

/** What `read` gives; null if it throws a NasError, whose faults go into the list. */
export function collect<T>(faults: Fault[], read: () => T): T | null {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof NasError)) throw error;
    faults.push(...error.faults);
    return null;
  }
}
