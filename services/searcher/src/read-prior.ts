import { idealPrior, loadTabular, tabularFault, tabularQuestion } from '@oneshot/benchmarks';
import { dataDirectories, type LocateOptions } from '@oneshot/data';
import { faultsOf } from '@oneshot/nas';
import type { FieldFault } from '@oneshot/service-kit';
import type { ArchitecturePrior, PriorSpec } from '@oneshot/training';

/** What is wrong with the table a distribution is to be made of. */
export function priorFaults(prior: PriorSpec, data: LocateOptions): readonly FieldFault[] {
  const question = tabularQuestion.safeParse(prior);
  if (!question.success) return faultsOf(question.error, prior, 'prior');
  const { benchmark } = question.data;
  const trouble = tabularFault(benchmark, dataDirectories(data));
  return trouble === undefined ? [] : [{ path: 'prior', found: benchmark, allowed: '', message: trouble }];
}

/**
 * The ideal distribution made of a table in a data directory. Throws BenchmarkError if it cannot be
 * read.
 */
export async function readPrior(prior: PriorSpec): Promise<ArchitecturePrior> {
  const { benchmark, metric } = tabularQuestion.parse(prior);
  return idealPrior(await loadTabular(benchmark, dataDirectories()), metric);
}
