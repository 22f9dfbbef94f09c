import type { Genotype } from '@oneshot/nas';
import { BenchmarkError } from '../errors.js';
import type { Cost, Metric, TabularBenchmark } from './benchmark.js';
import { type DataFile, readDataFile } from './data-file.js';

/** The file of the benchmark, as it lies in a data directory. */
export const NAS_BENCH_MACRO_FILE: DataFile = {
  name: 'nas-bench-macro_cifar10.json',
  sha256: '686dee8363cc21cca8c1f321ad5749454f2d9b9ca5972682e137e539bc522297',
};

const LAYERS = 8;
const CHOICES = 3;
/** First layer, and layer after the last, of each stage. */
const STAGES = [
  [0, 2],
  [2, 5],
  [5, 8],
] as const;
const SIZE = CHOICES ** LAYERS;
const METRIC: Metric = { name: 'cifar10/test@50', dataset: 'cifar10', split: 'test', epochs: 50, runs: 3 };
const NOTATION = /^[012]{8}$/;

/**
 * NAS-Bench-Macro (Su et al. 2021, "Prioritized architecture sampling with Monte-Carlo tree
 * search"): 3⁸ = 6,561 networks of eight layers, written as eight digits: 0 identity, 1 inverted
 * bottleneck 3×3 with expansion 3, 2 inverted bottleneck 5×5 with expansion 6. Architectures are
 * numbered by their digits read in base 3. The only metric is `cifar10/test@50`, the mean of three
 * runs.
 *
 * Layers form stages of 2, 3 and 3, the first of each at stride 2, where identity is a layer of its
 * own. Elsewhere identities change nothing, so networks that differ only by their places within a
 * stage are the same: 3,969 remain, and the file gives equal ones equal numbers.
 *
 * @param directory the user's data directory, which holds `NAS_BENCH_MACRO_FILE`
 * @throws BenchmarkError `missing-file`, `unreadable-file`, `wrong-digest`, `wrong-format`
 */
export async function loadNasBenchMacro(directory: string): Promise<TabularBenchmark> {
  return readNasBenchMacro(await readDataFile(directory, NAS_BENCH_MACRO_FILE));
}

/** The benchmark from its JSON text. @throws BenchmarkError `wrong-format` */
export function readNasBenchMacro(bytes: Buffer): TabularBenchmark {
  const entries = Object.entries(parsed(bytes));
  if (entries.length !== SIZE) {
    throw new BenchmarkError('wrong-format', 'nas-bench-macro', `${entries.length} architectures`, `${SIZE}`);
  }
  const columns: Columns = {
    accuracy: new Float64Array(SIZE),
    parameters: new Float64Array(SIZE),
    flops: new Float64Array(SIZE),
  };
  for (const [text, entry] of entries) {
    const at = numberOf(text);
    columns.accuracy[at] = finite(entry, 'mean_acc', text);
    columns.parameters[at] = finite(entry, 'params', text);
    columns.flops[at] = finite(entry, 'flops', text);
  }
  return new NasBenchMacro(columns);
}

interface Columns {
  readonly accuracy: Float64Array;
  readonly parameters: Float64Array;
  readonly flops: Float64Array;
}

class NasBenchMacro implements TabularBenchmark {
  readonly name = 'nas-bench-macro';
  readonly source = 'NAS-Bench-Macro (Su et al. 2021; Apache-2.0)';
  readonly size = SIZE;
  readonly metrics = [METRIC];
  readonly datasets = [METRIC.dataset];
  readonly devices = [];

  constructor(private readonly columns: Columns) {}

  find(architecture: Genotype | string): number {
    if (typeof architecture === 'string') return numberOf(architecture);
    throw new BenchmarkError(
      'unknown-architecture',
      'architecture',
      `a genotype of ${architecture.space}`,
      'eight digits from 0 to 2',
    );
  }

  notation(architecture: number): string {
    return this.checked(architecture).toString(CHOICES).padStart(LAYERS, '0');
  }

  canonical(architecture: number): number {
    return numberOf(
      STAGES.map(([first, end]) => identitiesFirst(this.notation(architecture).slice(first, end))).join(''),
    );
  }

  column(metric: string): Float64Array {
    if (metric === METRIC.name) return this.columns.accuracy;
    throw new BenchmarkError('unknown-metric', 'metric', JSON.stringify(metric), METRIC.name);
  }

  value(architecture: number, metric: string): number {
    return this.column(metric)[this.checked(architecture)] as number;
  }

  cost(architecture: number, dataset: string): Cost {
    const index = this.checked(architecture);
    if (dataset !== METRIC.dataset) {
      throw new BenchmarkError('unknown-dataset', 'dataset', JSON.stringify(dataset), METRIC.dataset);
    }
    return {
      parameters: this.columns.parameters[index] as number,
      megaFlops: (this.columns.flops[index] as number) / 1e6,
    };
  }

  latency(_architecture: number, device: string): number {
    throw new BenchmarkError(
      'unknown-device',
      'device',
      JSON.stringify(device),
      'none: this benchmark has no latencies',
    );
  }

  private checked(architecture: number): number {
    if (Number.isInteger(architecture) && architecture >= 0 && architecture < SIZE) return architecture;
    throw new BenchmarkError(
      'unknown-architecture',
      'architecture',
      `${architecture}`,
      `a whole number from 0 to ${SIZE - 1}`,
    );
  }
}

/** A stage with the identities that only pass on moved to just behind its first layer. */
function identitiesFirst(stage: string): string {
  const rest = stage.slice(1).replaceAll('0', '');
  return (stage[0] ?? '') + rest.padStart(stage.length - 1, '0');
}

function numberOf(text: string): number {
  if (NOTATION.test(text)) return Number.parseInt(text, CHOICES);
  throw new BenchmarkError(
    'unknown-architecture',
    'architecture',
    JSON.stringify(text.slice(0, 80)),
    'eight digits from 0 to 2',
  );
}

function parsed(bytes: Buffer): object {
  let content: unknown;
  try {
    content = JSON.parse(bytes.toString('utf8'));
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new BenchmarkError('wrong-format', 'nas-bench-macro', message, 'JSON');
  }
  if (typeof content === 'object' && content !== null && !Array.isArray(content)) return content;
  throw new BenchmarkError('wrong-format', 'nas-bench-macro', typeof content, 'an object keyed by architecture');
}

function finite(entry: unknown, name: string, text: string): number {
  const value = typeof entry === 'object' && entry !== null ? (entry as Record<string, unknown>)[name] : undefined;
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  throw new BenchmarkError(
    'wrong-format',
    `nas-bench-macro ${text}.${name}`,
    JSON.stringify(value) ?? 'nothing',
    'a finite number',
  );
}
