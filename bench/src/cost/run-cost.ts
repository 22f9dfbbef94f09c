import { mkdir, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { standaloneSvg } from '@oneshot/plots';
import { countOption } from '../process/count-option.js';
import { markdownTable } from '../process/markdown.js';
import { writeFigures } from '../process/write-figures.js';
import { rowNames, STEP_ROWS, type StepRow } from '../step/rows.js';
import { ownSide } from '../step/side.js';
import { type CostPoint, costFigure } from './figure.js';

const BATCHES = [32, 64, 128, 256] as const;
const CHANNELS = [8, 16, 32, 64] as const;

const usage = `usage: npm run bench -- cost [options]

What a step costs in time and memory against the batch (${BATCHES.join(', ')}) and against the channels of the first cell (${CHANNELS.join(', ')}),
with activations kept and made again, as a table and a figure. Every figure comes from a process of its own.

  --row NAME      a row of the table of steps: ${rowNames()}; default darts
  --steps N       steps measured after one to warm up; default 2
  --threads N     default: all cores
  --figure FILE   where the figure goes, SVG; default docs/images/cost.svg
  --json FILE     write all figures there`;

/** Runs `cost` as its command line says; resolves to the exit code. */
export async function runCost(args: readonly string[]): Promise<number> {
  if (args.includes('--help')) {
    console.log(usage);
    return 0;
  }
  const text = { type: 'string' } as const;
  const options = { row: text, steps: text, threads: text, figure: text, json: text };
  const { values } = parseArgs({ args: [...args], options });
  const faults: string[] = [];
  const steps = countOption('steps', values.steps, 2, faults);
  const threads = countOption('threads', values.threads, availableParallelism(), faults);
  const { row: name = 'darts', figure = 'docs/images/cost.svg' } = values;
  const row = STEP_ROWS.find((candidate) => candidate.name === name);
  if (row === undefined) faults.push(`--row: found "${name}"; allowed: ${rowNames()}`);
  if (row === undefined || faults.length > 0) {
    console.error(`${faults.join('\n')}\n\n${usage}`);
    return 2;
  }
  const points = await measure(row, steps, threads);
  const header = ['varied', 'value', 'activations', 'step, s', 'peak, MiB'];
  const rows = points.map(({ varied, value, recompute, figures }) => [
    varied,
    String(value),
    recompute ? 'made again' : 'kept',
    figures.step_s_min.toFixed(2),
    String(figures.peak_memory_mib),
  ]);
  console.log(`${row.label}, ${threads} threads\n\n${markdownTable(header, rows)}`);
  await mkdir(dirname(figure), { recursive: true });
  await writeFile(figure, standaloneSvg(costFigure(row, points)));
  console.log(`\nFigure: ${figure}`);
  await writeFigures(values.json, { row: name, steps, threads, points });
  return 0;
}

async function measure(row: StepRow, steps: number, threads: number): Promise<readonly CostPoint[]> {
  const points: CostPoint[] = [];
  const wanted = [
    ...BATCHES.map((value) => ({ varied: 'batch', value }) as const),
    ...CHANNELS.map((value) => ({ varied: 'channels', value }) as const),
  ];
  for (const { varied, value } of wanted) {
    for (const recompute of [false, true]) {
      console.error(`${varied} ${value}, activations ${recompute ? 'made again' : 'kept'} …`);
      const figures = await ownSide({ row, steps, threads, [varied]: value, recompute });
      points.push({ varied, value, recompute, figures });
    }
  }
  return points;
}
