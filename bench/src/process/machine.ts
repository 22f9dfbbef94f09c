import { availableParallelism, cpus } from 'node:os';

/** What a table of figures says of the machine it was made on. */
export function machine(): { readonly cpu: string; readonly cores: number; readonly node: string } {
  return { cpu: cpus()[0]?.model.trim() ?? process.arch, cores: availableParallelism(), node: process.version };
}
