import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { type Precision, selectBackend } from '@oneshot/engine';
import { PRECISIONS } from '@oneshot/nas';
import { mean, sampleStandardDeviation } from '@oneshot/stats';
import { countOption } from '../process/count-option.js';
import { machine } from '../process/machine.js';
import { markdownTable } from '../process/markdown.js';
import { writeFigures } from '../process/write-figures.js';
import { rowNames, type StepRow, stepRow } from '../step/rows.js';
import { bestOf, ownSide, type SideFigures } from '../step/side.js';
import { type SearchAccuracy, searchAccuracy } from './search-accuracy.js';

const usage = `usage: npm run bench -- precision [options]

Steps in float32 and in bf16, each in a process of its own and by turns; then the accuracies of short searches in both, seed by seed.

  --only NAME,…  rows of the table of steps: ${rowNames()}; default darts
  --rounds N     times that both sides of a row run; the fastest step counts; default 3
  --steps N      steps measured in a run, after one to warm up; default 2
  --seeds N      seeds of the short searches; default 5
  --threads N    default: all cores
  --json FILE    write all figures there`;

interface StepPair {
  readonly row: string;
  readonly label: string;
  readonly sides: Readonly<Record<Precision, SideFigures>>;
}

/** Runs `precision` as its command line says; resolves to the exit code. */
export async function runPrecision(args: readonly string[]): Promise<number> {
  if (args.includes('--help')) {
    console.log(usage);
    return 0;
  }
  const text = { type: 'string' } as const;
  const options = { only: text, rounds: text, steps: text, seeds: text, threads: text, json: text };
  const { values } = parseArgs({ args: [...args], options });
  const faults: string[] = [];
  const rounds = countOption('rounds', values.rounds, 3, faults);
  const steps = countOption('steps', values.steps, 2, faults);
  const seeds = countOption('seeds', values.seeds, 5, faults);
  const threads = countOption('threads', values.threads, availableParallelism(), faults);
  const rows = (values.only ?? 'darts').split(',').flatMap((name) => rowOf(name, faults));
  if (faults.length > 0) {
    console.error(`${faults.join('\n')}\n\n${usage}`);
    return 2;
  }
  const pairs: StepPair[] = [];
  for (const row of rows) pairs.push(await measure(row, { rounds, steps, threads }));
  const { cpu, cores, node } = machine();
  const { simd } = await selectBackend({ threads });
  console.log(`${cpu}, ${simd}, ${threads} of ${cores} cores, Node ${node}; fastest of ${rounds} × ${steps} steps\n`);
  console.log(`${stepTable(pairs)}\n`);
  const searches: SearchAccuracy[] = [];
  for (let seed = 0; seed < seeds; seed++) {
    console.error(`search, seed ${seed} …`);
    for (const precision of PRECISIONS) searches.push(await searchAccuracy(seed, precision));
  }
  console.log(searchTable(searches, seeds));
  await writeFigures(values.json, { rounds, steps, threads, simd, pairs, searches });
  return 0;
}

function rowOf(name: string, faults: string[]): readonly StepRow[] {
  try {
    return [stepRow(name)];
  } catch (error) {
    faults.push(`--only: ${error instanceof Error ? error.message : String(error)}`);
    return [];
  }
}

interface Effort {
  readonly rounds: number;
  readonly steps: number;
  readonly threads: number;
}

async function measure(row: StepRow, { rounds, steps, threads }: Effort): Promise<StepPair> {
  const runs: Record<Precision, SideFigures[]> = { float32: [], bf16: [] };
  for (let round = 1; round <= rounds; round++) {
    console.error(`${row.name}, round ${round} …`);
    for (const precision of PRECISIONS) runs[precision].push(await ownSide({ row, steps, threads, precision }));
  }
  const best = (precision: Precision): SideFigures => {
    const found = bestOf(runs[precision]);
    if (found === undefined) throw new RangeError('no round was run');
    return found;
  };
  return { row: row.name, label: row.label, sides: { float32: best('float32'), bf16: best('bf16') } };
}

function stepTable(pairs: readonly StepPair[]): string {
  const header = [
    'step',
    'float32, s',
    'bf16, s',
    'faster',
    'of processor, s',
    'bf16, s',
    'faster',
    'MiB',
    'bf16, MiB',
    'share',
  ];
  const rows = pairs.map(({ label, sides: { float32, bf16 } }) => [
    label,
    float32.step_s_min.toFixed(2),
    bf16.step_s_min.toFixed(2),
    `${(float32.step_s_min / bf16.step_s_min).toFixed(2)}×`,
    (float32.step_cpu_s ?? Number.NaN).toFixed(2),
    (bf16.step_cpu_s ?? Number.NaN).toFixed(2),
    `${((float32.step_cpu_s ?? Number.NaN) / (bf16.step_cpu_s ?? Number.NaN)).toFixed(2)}×`,
    String(float32.peak_memory_mib),
    String(bf16.peak_memory_mib),
    (bf16.peak_memory_mib / float32.peak_memory_mib).toFixed(2),
  ]);
  return markdownTable(header, rows);
}

function searchTable(searches: readonly SearchAccuracy[], seeds: number): string {
  const of = (precision: Precision) => searches.filter((each) => each.precision === precision);
  const [float32, bf16] = [of('float32'), of('bf16')];
  const percent = (x: number): string => (100 * x).toFixed(2);
  const rows = Array.from({ length: seeds }, (_, seed) => {
    const [a, b] = [float32[seed]?.accuracy ?? Number.NaN, bf16[seed]?.accuracy ?? Number.NaN];
    return [`seed ${seed}`, percent(a), percent(b), percent(b - a)];
  });
  const accuracies = (list: readonly SearchAccuracy[]) => list.map(({ accuracy }) => accuracy);
  const spread = (values: readonly number[]) =>
    [mean(values), ...(values.length < 2 ? [] : [sampleStandardDeviation(values)])].map(percent).join(' ± ');
  const differences = bf16.map(({ accuracy }, i) => accuracy - (float32[i]?.accuracy ?? Number.NaN));
  rows.push(['mean ± deviation', spread(accuracies(float32)), spread(accuracies(bf16)), spread(differences)]);
  return markdownTable(['short search, validation accuracy', 'float32, %', 'bf16, %', 'bf16 − float32'], rows);
}
