import { BenchmarkError, type BenchmarkErrorCode } from '../errors.js';

/** The entry of that name. @throws BenchmarkError with `code` and every name there is */
export function known<T>(entries: ReadonlyMap<string, T>, name: string, field: string, code: BenchmarkErrorCode): T {
  const entry = entries.get(name);
  if (entry !== undefined) return entry;
  throw new BenchmarkError(code, field, JSON.stringify(name), [...entries.keys()].join(', '));
}
