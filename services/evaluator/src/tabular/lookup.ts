import { readFile } from 'node:fs/promises';
import {
  architectureProbabilities,
  BenchmarkError,
  type IdentificationQuality,
  identificationQuality,
  loadTabular,
  type SamplingQuality,
  samplingQuality,
  type TabularBenchmark,
} from '@oneshot/benchmarks';
import { dataDirectories } from '@oneshot/data';
import { type Execute, nameFailure } from '@oneshot/jobs';
import { formatGenotype } from '@oneshot/nas';
import { z } from 'zod';
import { type LookupSpec, parseLookupSpec } from './lookup-spec.js';

/**
 * Asks a tabular benchmark about one architecture: `accuracy` (a fraction) by the metric, every
 * other metric (percent, by name), `cost` by data set, `latencies` by device in milliseconds; with
 * an assessment also `sampling` and `identification`, measured against the metric.
 */
export const executeLookup: Execute = async (input, context) => {
  const spec = parseLookupSpec(input);
  const { benchmark: name, metric } = spec.tabular;
  context.report({ stage: 'look up', epoch: 0, epochs: 0, step: 0, steps: 0, metrics: {}, etaSeconds: 0 });
  try {
    const benchmark = await loadTabular(name, dataDirectories());
    const architecture = benchmark.find(spec.genotype);
    return {
      benchmark: name,
      source: benchmark.source,
      architecture,
      notation: formatGenotype(spec.genotype),
      canonical: benchmark.canonical(architecture),
      metric,
      accuracy: benchmark.value(architecture, metric) / 100,
      metrics: Object.fromEntries(
        benchmark.metrics.map((each) => [each.name, benchmark.value(architecture, each.name)]),
      ),
      cost: Object.fromEntries(
        benchmark.datasets.map((dataset) => [dataset, { ...benchmark.cost(architecture, dataset) }]),
      ),
      latencies: Object.fromEntries(
        benchmark.devices.map((device) => [device, benchmark.latency(architecture, device)]),
      ),
      ...(await stageOne(benchmark, spec, context.getArtifact)),
    };
  } catch (error) {
    throw nameFailure(error, [BenchmarkError]);
  }
};

interface StageOne {
  readonly sampling?: SamplingQuality;
  readonly identification?: IdentificationQuality;
}

const artifact = z.object({ accuracies: z.array(z.object({ notation: z.string(), accuracy: z.number() })) });

async function stageOne(
  benchmark: TabularBenchmark,
  { assessment, tabular }: LookupSpec,
  getArtifact: (digest: string) => Promise<string>,
): Promise<StageOne> {
  if (assessment === undefined) return {};
  const { accuracies } = artifact.parse(JSON.parse(await readFile(await getArtifact(assessment.accuracies), 'utf8')));
  const truth = accuracies.map(({ notation }) => benchmark.value(benchmark.find(notation), tabular.metric));
  const identification = identificationQuality(
    accuracies.map(({ accuracy }) => accuracy),
    truth,
  );
  if (assessment.sampling === undefined) return { identification };
  const probabilities = architectureProbabilities(benchmark, assessment.sampling);
  return { identification, sampling: samplingQuality(probabilities, benchmark.column(tabular.metric)) };
}
