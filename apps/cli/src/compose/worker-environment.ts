import { delimiter } from 'node:path';
import { workersVariable } from '@oneshot/jobs';

/** What workers find in their environment: where data sets are, how many kernel threads they may use, how many share the memory. */
export function workerEnvironment(
  dataDirs: readonly string[],
  threads: number | undefined,
  workers: number | undefined,
): Readonly<Record<string, string>> {
  const data = [...dataDirs, ...(process.env.ONESHOT_DATA ?? '').split(delimiter)].filter((part) => part !== '');
  return {
    ...(data.length === 0 ? {} : { ONESHOT_DATA: data.join(delimiter) }),
    ...(threads === undefined ? {} : { ONESHOT_THREADS: String(threads) }),
    ...(workers === undefined ? {} : { [workersVariable]: String(workers) }),
  };
}
