/** Kernel threads of a worker: `ONESHOT_THREADS`, else what the process may use. */
export function threadsFromEnvironment(): { readonly threads?: number } {
  const text = process.env['ONESHOT_THREADS'];
  return text === undefined || text === '' ? {} : { threads: Number(text) };
}
