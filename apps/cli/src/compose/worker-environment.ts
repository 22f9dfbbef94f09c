import { delimiter } from 'node:path';
import { acceptArithmeticVariable, workersVariable } from '@oneshot/jobs';

export interface WorkerSurroundings {
  /** Where data sets are, besides `ONESHOT_DATA`. */
  readonly dataDirs: readonly string[];
  /** Kernel threads of each. */
  readonly threads?: number | undefined;
  /** How many share the memory. */
  readonly workers?: number | undefined;
  /**
   * Whether they go on from checkpoints of other arithmetic than theirs. Default: as they are told
   * by their environment.
   */
  readonly acceptOtherArithmetic?: boolean | undefined;
}

/** What workers find in their environment. */
export function workerEnvironment({
  dataDirs,
  threads,
  workers,
  acceptOtherArithmetic = false,
}: WorkerSurroundings): Readonly<Record<string, string>> {
  const data = [...dataDirs, ...(process.env.ONESHOT_DATA ?? '').split(delimiter)].filter((part) => part !== '');
  return {
    ...(data.length === 0 ? {} : { ONESHOT_DATA: data.join(delimiter) }),
    ...(threads === undefined ? {} : { ONESHOT_THREADS: String(threads) }),
    ...(workers === undefined ? {} : { [workersVariable]: String(workers) }),
    ...(acceptOtherArithmetic ? { [acceptArithmeticVariable]: '1' } : {}),
  };
}
