import { readFileSync, statfsSync } from 'node:fs';
import { availableParallelism, cpus, freemem, totalmem } from 'node:os';
import { dirname, resolve } from 'node:path';
import type { Finding } from './finding.js';

const oldestNode = [20, 9] as const;
const gibibyte = 2 ** 30;

/** Node's version. */
export function nodeFinding(version = process.versions.node): Finding {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const recent = major > oldestNode[0] || (major === oldestNode[0] && minor >= oldestNode[1]);
  if (recent) return { what: 'node', found: version, state: 'well' };
  return { what: 'node', found: version, state: 'problem', advice: `Install Node ${oldestNode.join('.')} or newer.` };
}

const features = ['avx2', 'fma', 'avx512f', 'avx512vnni', 'asimd'];

/** The processor, its cores and the vector instructions that kernels use. */
export function processorFinding(): Finding {
  const cores = availableParallelism();
  const model = cpus()[0]?.model.trim() || process.arch;
  const found = vectorFeatures();
  const vectors =
    found === undefined ? '' : `, ${found.length === 0 ? 'no vector instructions known here' : found.join(' ')}`;
  return { what: 'processor', found: `${model}, ${cores} ${cores === 1 ? 'core' : 'cores'}${vectors}`, state: 'well' };
}

/** Only Linux tells them in a file; elsewhere `undefined`. */
function vectorFeatures(): readonly string[] | undefined {
  try {
    const text = readFileSync('/proc/cpuinfo', 'utf8');
    const flags = new Set(/^(?:flags|Features)\s*:\s*(.*)$/m.exec(text)?.[1]?.split(' '));
    return features.filter((feature) => flags.has(feature));
  } catch {
    return undefined;
  }
}

/** Memory free for runs; a search on small images takes about half a gibibyte per worker. */
export function memoryFinding(): Finding {
  const free = availableMemory();
  const found = `${(free / gibibyte).toFixed(1)} GiB free of ${(totalmem() / gibibyte).toFixed(1)} GiB`;
  if (free >= gibibyte) return { what: 'memory', found, state: 'well' };
  return { what: 'memory', found, state: 'note', advice: 'Close other programs, or take fewer workers (--workers 1).' };
}

/** What can be had without swapping; on Linux that includes caches, which `freemem` leaves out. */
function availableMemory(): number {
  try {
    const kibibytes = /^MemAvailable:\s*(\d+) kB$/m.exec(readFileSync('/proc/meminfo', 'utf8'))?.[1];
    return kibibytes === undefined ? freemem() : Number(kibibytes) * 1024;
  } catch {
    return freemem();
  }
}

/** Room on the disk that holds the state folder, or will hold it. */
export function diskFinding(folder: string): Finding {
  for (let path = resolve(folder); ; path = dirname(path)) {
    try {
      const { bavail, bsize } = statfsSync(path);
      const free = bavail * bsize;
      const found = `${(free / gibibyte).toFixed(1)} GiB free at ${path}`;
      if (free >= gibibyte) return { what: 'disk', found, state: 'well' };
      return {
        what: 'disk',
        found,
        state: 'problem',
        advice: 'Free some room, or keep the state elsewhere (--state FOLDER).',
      };
    } catch (error) {
      if (dirname(path) === path)
        return {
          what: 'disk',
          found: String(error),
          state: 'problem',
          advice: 'Name another folder (--state FOLDER).',
        };
    }
  }
}
