import { parseArgs } from 'node:util';
import { loadNasBench201 } from '@oneshot/benchmarks';
import {
  architectureCost,
  createSpace,
  derivedNetwork,
  nasBench201Flops,
  networkCost,
  parseGenotype,
  publishedArchitectures,
} from '@oneshot/nas';
import { markdownTable } from '../process/markdown.js';

const usage = `usage: npm run bench -- counts [--tables FOLDER]

Parameters and multiply-adds of published architectures, read off their descriptions, beside what the papers say.

  --tables FOLDER  with nasbench201.csv.gz and nasbench201-latency.csv.gz: 300 architectures of NAS-Bench-201 beside its table as well`;

/** Rows of NAS-Bench-201 that are compared: spread over the table. */
const ROWS = 300;

/** Runs `counts` as its command line says; resolves to the exit code. */
export async function runCounts(args: readonly string[]): Promise<number> {
  if (args.includes('--help')) {
    console.log(usage);
    return 0;
  }
  const { values } = parseArgs({ args: [...args], options: { tables: { type: 'string' } } });
  const rows = publishedArchitectures().map(({ name, source, space, genotype, target, ...said }) => {
    const { parameters, multiplyAdds } = architectureCost(space, genotype, target);
    const work = said.multiplyAdds === undefined ? '' : millions(said.multiplyAdds, 0);
    return [name, source, millions(parameters, 3), millions(said.parameters, 1), millions(multiplyAdds, 1), work];
  });
  console.log(
    markdownTable(['architecture', 'source', 'parameters, M', 'published', 'multiply-adds, M', 'published'], rows),
  );
  if (values.tables !== undefined) console.log(`\n${await nasBench201(values.tables)}`);
  return 0;
}

async function nasBench201(folder: string): Promise<string> {
  const benchmark = await loadNasBench201(folder);
  const space = createSpace('nasbench201');
  const target = { input: { height: 32, width: 32, channels: 3 }, outputs: 10 };
  let alike = 0;
  for (let row = 0; row < ROWS; row++) {
    const index = Math.floor((row * benchmark.size) / ROWS);
    const network = derivedNetwork(space, parseGenotype(benchmark.notation(index)), target);
    const { parameters, megaFlops } = benchmark.cost(index, 'cifar10');
    const equal =
      networkCost(network).parameters === parameters && nasBench201Flops(network) === Math.round(1e6 * megaFlops);
    if (equal) alike += 1;
  }
  return `NAS-Bench-201, CIFAR-10: parameters and FLOPs of ${alike} of ${ROWS} architectures are those of its table.`;
}

function millions(count: number, digits: number): string {
  return (count / 1e6).toFixed(digits);
}
