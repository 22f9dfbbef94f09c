import { readFileSync } from 'node:fs';

/** What a process has used so far. */
export interface ProcessFigures {
  /** In seconds, user and system. */
  readonly processor: number;
  /** Resident memory in bytes, now and at the most. */
  readonly memory: number;
  readonly peak: number;
}

/** Clock ticks of a second in `/proc`: the same on every Linux that Node runs on. */
const ticks = 100;

/** Reads `/proc`, so Linux only. */
export function processFigures(pid: number): ProcessFigures {
  // The name of the program, in brackets, may hold anything.
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1) ?? '';
  const [user = 0, system = 0] = stat.split(' ').slice(11, 13).map(Number);
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const bytes = (name: string) => 1024 * Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1] ?? 0);
  return { processor: (user + system) / ticks, memory: bytes('VmRSS'), peak: bytes('VmHWM') };
}
