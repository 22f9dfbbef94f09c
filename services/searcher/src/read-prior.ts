import {
  idealPrior,
  loadTabular,
  NAS_BENCH_201_METRICS,
  TABULAR_NAMES,
  type TabularName,
  tabularFault,
} from '@oneshot/benchmarks';
import { dataDirectories, type LocateOptions } from '@oneshot/data';
import type { FieldFault } from '@oneshot/service-kit';
import type { ArchitecturePrior, PriorSpec } from '@oneshot/training';

/** What is wrong with the table a distribution is to be made of; undefined: nothing. */
export function priorFault({ benchmark, metric }: PriorSpec, data: LocateOptions): FieldFault | undefined {
  const fault = (path: string, found: string, allowed: readonly string[]): FieldFault => {
    const list = allowed.join(', ');
    return { path, found, allowed: list, message: `found ${JSON.stringify(found)}; allowed: ${list}` };
  };
  const name = tableOf(benchmark);
  if (name === undefined) return fault('prior.benchmark', benchmark, TABULAR_NAMES);
  if (!NAS_BENCH_201_METRICS.some((known) => known === metric))
    return fault('prior.metric', metric, NAS_BENCH_201_METRICS);
  const trouble = tabularFault(name, dataDirectories(data));
  return trouble === undefined ? undefined : { path: 'prior', found: benchmark, allowed: '', message: trouble };
}

/** The ideal distribution made of a table in a data directory. Throws BenchmarkError if there is no such table or it cannot be read. */
export async function readPrior({ benchmark, metric }: PriorSpec): Promise<ArchitecturePrior> {
  return idealPrior(await loadTabular(tableOf(benchmark) ?? 'nas-bench-201', dataDirectories()), metric);
}

function tableOf(benchmark: string): TabularName | undefined {
  return TABULAR_NAMES.find((known) => known === benchmark);
}
