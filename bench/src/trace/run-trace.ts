import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { countOption } from '../process/count-option.js';
import { markdownTable } from '../process/markdown.js';
import { runJson } from '../process/run-json.js';
import { writeFigures } from '../process/write-figures.js';
import { rowNames, STEP_ROWS } from '../step/rows.js';
import type { TraceAnswer, TraceRequest } from './side.js';

const usage = `usage: npm run bench -- trace [options]

Where the time of one step goes: seconds, share and calls per kind of kernel of the native engine, longest first.

  --row NAME      a row of the table of steps: ${rowNames()}; default darts
  --primitives    cells made of single kernels: how a step ran before they were one call
  --steps N       steps traced after one to warm up; default 3
  --threads N     default: all cores
  --json FILE     write all figures there`;

/** Runs `trace` as its command line says; resolves to the exit code. */
export async function runTrace(args: readonly string[]): Promise<number> {
  if (args.includes('--help')) {
    console.log(usage);
    return 0;
  }
  const text = { type: 'string' } as const;
  const primitives = { type: 'boolean', default: false } as const;
  const { values } = parseArgs({
    args: [...args],
    options: { row: text, steps: text, threads: text, json: text, primitives },
  });
  const faults: string[] = [];
  const { row = 'darts' } = values;
  const steps = countOption('steps', values.steps, 3, faults);
  const threads = countOption('threads', values.threads, availableParallelism(), faults);
  if (STEP_ROWS.every(({ name }) => name !== row)) faults.push(`--row: found "${row}"; allowed: ${rowNames()}`);
  if (faults.length > 0) {
    console.error(`${faults.join('\n')}\n\n${usage}`);
    return 2;
  }
  const request: TraceRequest = { row, steps, threads, primitives: values.primitives };
  const script = fileURLToPath(new URL('./side.js', import.meta.url));
  const found = (await runJson(process.execPath, [script, JSON.stringify(request)])) as TraceAnswer;
  const available = (found.wallSeconds * threads) / steps;
  const share = (seconds: number) => `${((100 * seconds) / available).toFixed(1)} %`;
  const perStep = found.kernels.map(({ kernel, seconds, calls }) => ({
    kernel,
    seconds: seconds / steps,
    calls: calls / steps,
  }));
  const outside = available - perStep.reduce((sum, { seconds }) => sum + seconds, 0);
  const rows = perStep.map(({ kernel, seconds, calls }) => [kernel, ms(seconds), share(seconds), calls.toFixed(0)]);
  console.log(`${row}: ${(found.wallSeconds / steps).toFixed(3)} s per step, ${threads} threads\n`);
  const header = ['kernel', 'ms per step, all threads', 'of the step', 'calls'];
  console.log(markdownTable(header, [...rows, ['outside kernels, and waiting', ms(outside), share(outside), '']]));
  await writeFigures(values.json, { ...request, ...found });
  return 0;
}

function ms(seconds: number): string {
  return (1000 * seconds).toFixed(1);
}
