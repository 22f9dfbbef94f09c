import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { countOption } from '../process/count-option.js';
import { markdownTable } from '../process/markdown.js';
import { runJson } from '../process/run-json.js';
import { writeFigures } from '../process/write-figures.js';
import { ESTIMATE_CASES } from './cases.js';
import type { SideAnswer, SideRequest } from './side.js';

const names = ESTIMATE_CASES.map(({ name }) => name).join(', ');

const usage = `usage: npm run bench -- estimate [options]

What runs are expected to take before they start, beside what they take: peak memory and the time of one short epoch. The estimate and
the run have processes of their own.

  --only NAME,…   some runs: ${names}
  --steps N       steps of the epoch, default 6
  --threads N     default: all cores
  --json FILE     write all figures there`;

/** Runs `estimate` as its command line says; resolves to the exit code. */
export async function runEstimate(args: readonly string[]): Promise<number> {
  if (args.includes('--help')) {
    console.log(usage);
    return 0;
  }
  const text = { type: 'string' } as const;
  const { values } = parseArgs({ args: [...args], options: { only: text, steps: text, threads: text, json: text } });
  const faults: string[] = [];
  const steps = countOption('steps', values.steps, 6, faults);
  const threads = countOption('threads', values.threads, availableParallelism(), faults);
  const wanted = values.only?.split(',');
  const unknown = wanted?.filter((name) => ESTIMATE_CASES.every((found) => found.name !== name)) ?? [];
  if (unknown.length > 0) faults.push(`--only: found "${unknown.join(',')}"; allowed: ${names}`);
  if (faults.length > 0) {
    console.error(`${faults.join('\n')}\n\n${usage}`);
    return 2;
  }
  const rows = [];
  for (const { name } of ESTIMATE_CASES.filter((found) => wanted?.includes(found.name) ?? true)) {
    const estimated = await ask({ name, side: 'estimate', steps, threads });
    const measured = await ask({ name, side: 'run', steps, threads });
    console.error(`${name}: ${mebibytes(estimated.bytes)} MiB expected, ${mebibytes(measured.bytes)} measured`);
    rows.push({ name, estimated, measured });
  }
  const header = ['run', 'expected, MiB', 'measured, MiB', 'off', 'expected, s', 'measured, s', 'off'];
  const table = rows.map(({ name, estimated, measured }) => [
    name,
    mebibytes(estimated.bytes),
    mebibytes(measured.bytes),
    off(estimated.bytes, measured.bytes),
    estimated.seconds.toFixed(2),
    measured.seconds.toFixed(2),
    off(estimated.seconds, measured.seconds),
  ]);
  console.log(markdownTable(header, table));
  await writeFigures(values.json, { steps, threads, rows });
  return 0;
}

async function ask(request: SideRequest): Promise<SideAnswer> {
  const script = fileURLToPath(new URL('./side.js', import.meta.url));
  return (await runJson(process.execPath, [script, JSON.stringify(request)])) as SideAnswer;
}

function mebibytes(bytes: number | null): string {
  return bytes === null ? 'unknown' : String(Math.round(bytes / 2 ** 20));
}

function off(expected: number | null, measured: number | null): string {
  if (expected === null || measured === null) return '';
  const share = 100 * (expected / measured - 1);
  return `${share > 0 ? '+' : ''}${share.toFixed(1)} %`;
}
