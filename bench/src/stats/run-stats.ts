import { parseArgs } from 'node:util';
import { loadNasBench201 } from '@oneshot/benchmarks';
import { kendall, midranks, nemenyi, weightedTau } from '@oneshot/stats';
import { measure } from './measure.js';

const usage = `usage: npm run bench -- stats [--data DIR] [--repeat N]

  --data DIR    directory with the files of NAS-Bench-201, for load and query figures
  --repeat N    runs of each measurement, of which the fastest counts; default 5`;

/** Prints how long the statistics and the tabular benchmark take, and returns the exit code. */
export async function runStats(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: { data: { type: 'string' }, repeat: { type: 'string', default: '5' }, help: { type: 'boolean' } },
  });
  const repeat = Number(values.repeat);
  if (values.help || !Number.isInteger(repeat) || repeat < 1) {
    console.error(usage);
    return values.help ? 0 : 2;
  }
  const report = (what: string, limit: string, found: string) =>
    console.log(`${what.padEnd(52)} ${limit.padStart(12)} ${found.padStart(14)}`);
  report('measurement', 'goal', 'found');
  const time = async (what: string, limit: string, work: () => unknown) => {
    report(what, limit, `${(await measure(work, repeat)).toFixed(1)} ms`);
  };

  const [x, y] = pairs(1_000_000);
  await time('Kendall τ-b of 1,000,000 pairs', '1000 ms', () => kendall(x, y));
  const [levelsX, levelsY] = [x.map((v) => Math.floor(v * 100)), y.map((v) => Math.floor(v * 50))];
  await time('Kendall τ-b of 1,000,000 pairs with many ties', '1000 ms', () => kendall(levelsX, levelsY));
  await time('weighted τ of 1,000,000 pairs', '', () => weightedTau(x, y));
  const architectures = x.slice(0, 15_625);
  await time('ranking of 15,625 architectures', '20 ms', () => midranks(architectures));
  const scores = { rows: 1000, columns: 1000, values: x };
  await time('Nemenyi of 1,000 methods on 1,000 data sets', '2000 ms', () => nemenyi(scores));

  const { data } = values;
  if (data === undefined) return 0;
  await time('NAS-Bench-201: load', '300 ms', () => loadNasBench201(data));
  const benchmark = await loadNasBench201(data);
  const names = Array.from({ length: benchmark.size }, (_, index) => benchmark.notation(index));
  const passes = 64;
  const milliseconds = await measure(() => {
    let sum = 0;
    for (let pass = 0; pass < passes; pass++) {
      for (const name of names) sum += benchmark.value(benchmark.find(name), 'cifar10/test@200');
    }
    return sum;
  }, repeat);
  report(
    'NAS-Bench-201: queries by notation',
    '1.0 M/s',
    `${((passes * names.length) / milliseconds / 1000).toFixed(1)} M/s`,
  );
  report('process: peak memory, with 1,000,000 pairs', '', `${Math.round(process.resourceUsage().maxRSS / 1024)} MB`);
  return 0;
}

/** Two correlated samples of uniform numbers, the same every time. */
function pairs(count: number): [Float64Array, Float64Array] {
  let state = 12345;
  const next = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  const x = Float64Array.from({ length: count }, next);
  return [x, x.map((value) => value + next())];
}
