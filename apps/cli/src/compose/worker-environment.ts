import { delimiter } from 'node:path';

/** What workers find in their environment: where data sets are, and how many kernel threads they may use. */
export function workerEnvironment(
  dataDirs: readonly string[],
  threads: number | undefined,
): Readonly<Record<string, string>> {
  const data = [...dataDirs, ...(process.env.ONESHOT_DATA ?? '').split(delimiter)].filter((part) => part !== '');
  return {
    ...(data.length === 0 ? {} : { ONESHOT_DATA: data.join(delimiter) }),
    ...(threads === undefined ? {} : { ONESHOT_THREADS: String(threads) }),
  };
}
