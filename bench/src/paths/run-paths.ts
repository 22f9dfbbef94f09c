import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { countOption } from '../process/count-option.js';
import { markdownTable } from '../process/markdown.js';
import { runJson } from '../process/run-json.js';
import { writeFigures } from '../process/write-figures.js';
import { NETWORKS } from './networks.js';
import type { PathAnswer, PathRequest } from './side.js';

const usage = `usage: npm run bench -- paths [options]

Steps of MobileNetV3's smallest, middle and largest path, whose weights are parts of the largest one's, and the search step of the supernet
that mixes all options. Each has a process of its own.

  --only NAME,…  some of ${NETWORKS.join(', ')}
  --steps N      default 3, and one before them that does not count
  --batch N      images per batch, default 64
  --side N       height and width, default 64
  --threads N    default: all cores
  --json FILE    write all figures there`;

/** Runs `paths` as its command line says; resolves to the exit code. */
export async function runPaths(args: readonly string[]): Promise<number> {
  if (args.includes('--help')) {
    console.log(usage);
    return 0;
  }
  const text = { type: 'string' } as const;
  const options = { only: text, steps: text, batch: text, side: text, threads: text, json: text };
  const { values } = parseArgs({ args: [...args], options });
  const faults: string[] = [];
  const steps = countOption('steps', values.steps, 3, faults);
  const batch = countOption('batch', values.batch, 64, faults);
  const side = countOption('side', values.side, 64, faults);
  const threads = countOption('threads', values.threads, availableParallelism(), faults);
  const wanted = values.only?.split(',') ?? [...NETWORKS];
  const unknown = wanted.filter((name) => NETWORKS.every((known) => known !== name));
  if (unknown.length > 0) faults.push(`--only: found "${unknown.join(',')}"; allowed: ${NETWORKS.join(', ')}`);
  if (faults.length > 0) {
    console.error(`${faults.join('\n')}\n\n${usage}`);
    return 2;
  }
  const rows = [];
  for (const network of NETWORKS.filter((name) => wanted.includes(name))) {
    const answer = await ask({ network, steps, batch, side, threads });
    console.error(`${network}: ${answer.fastest.toFixed(2)} s`);
    rows.push({ network, ...answer });
  }
  const header = [
    'network',
    'multiply-adds, M',
    'fastest, s',
    'median, s',
    'processors, s',
    'peak, MiB',
    'beyond the start, MiB',
  ];
  const table = rows.map(({ network, multiplyAdds, fastest, median, processors, peak, before }) => [
    network,
    (multiplyAdds / 1e6).toFixed(1),
    fastest.toFixed(2),
    median.toFixed(2),
    processors.toFixed(2),
    mebibytes(peak),
    mebibytes(peak - before),
  ]);
  console.log(markdownTable(header, table));
  await writeFigures(values.json, { steps, batch, side, threads, rows });
  return 0;
}

async function ask(request: PathRequest): Promise<PathAnswer> {
  const script = fileURLToPath(new URL('./side.js', import.meta.url));
  return (await runJson(process.execPath, [script, JSON.stringify(request)])) as PathAnswer;
}

function mebibytes(bytes: number): string {
  return String(Math.round(bytes / 2 ** 20));
}
