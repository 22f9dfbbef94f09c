import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { BenchmarkError } from '@oneshot/benchmarks';
import { DataError, openExpected } from '@oneshot/data';
import { EngineError, environmentOptions, selectBackend } from '@oneshot/engine';
import {
  arithmeticOptions,
  checkpointMediaType,
  type Execute,
  ExecutionStopped,
  executionCheckpoints,
  executionStopSignal,
  type JsonObject,
  nameFailure,
  workersBeside,
} from '@oneshot/jobs';
import { createSpace, loadSpaceModule, NasError } from '@oneshot/nas';
import {
  type Assessment,
  estimateSearch,
  type Progress,
  parseSearchSpec,
  reportExpected,
  runSearch,
  type SearchResult,
  type SearchSpec,
  TrainingError,
} from '@oneshot/training';
import { epochMetrics } from './epoch-metrics.js';
import { readPrior } from './read-prior.js';

/** Errors that the same spec meets again. */
const failures = [TrainingError, NasError, DataError, EngineError, BenchmarkError];

async function readSpec(input: JsonObject): Promise<SearchSpec> {
  try {
    await loadSpaceModule(input.space);
    return parseSearchSpec(input);
  } catch (error) {
    throw nameFailure(error, failures);
  }
}

/**
 * Runs one search; progress, checkpoints and metrics go out as it runs, the genotype and the
 * history at its end.
 */
export const execute: Execute = async (input, context) => {
  const spec = await readSpec(input);
  const stopping = executionStopSignal(context);
  const checkpoints = executionCheckpoints(context);
  try {
    await selectBackend(environmentOptions());
    const dataset = await openExpected(spec.data);
    const limit = { workers: workersBeside() };
    const estimate = await estimateSearch(spec, dataset, { limit, signal: stopping.signal });
    const report = (progress: Progress) => context.report({ ...progress, etaSeconds: progress.etaSeconds ?? 0 });
    const result = await runSearch(spec, {
      dataset,
      checkpoints,
      ...arithmeticOptions(),
      prior: spec.prior === undefined ? undefined : await readPrior(spec.prior),
      signal: stopping.signal,
      onStep: reportExpected(estimate, spec.profile.epochs, report),
      async onEpoch(epoch, seconds) {
        await context.registry.recordMetrics({ runId: context.runId, points: epochMetrics(epoch, seconds) });
      },
    });
    for (const genotype of [result.genotype, ...(result.selections ?? []).map((selection) => selection.genotype)]) {
      const form = { $case: 'genotype', value: { ...genotype } } as const;
      await context.registry.registerGenotype({ space: { ...spec.space }, form, runId: context.runId });
    }
    const checkpoint = checkpoints.latest();
    return {
      genotypeId: result.genotypeId,
      genotype: result.genotype,
      notation: result.notation,
      ...(result.selections === undefined ? {} : { selections: result.selections }),
      ...(result.assessment === undefined ? {} : { assessment: await storeAssessment(result.assessment) }),
      ...(result.stopped === undefined ? {} : { stopped: result.stopped, epochs: result.history.length }),
      validationLoss: result.validationLoss,
      weightsDigest: result.weightsDigest,
      dataDigest: result.dataDigest,
      arithmetic: result.arithmetic.map((each) => ({ ...each })),
      splitDigest: result.splitDigest,
      parameters: result.parameters,
      history: await storeHistory(result),
      checkpoint: checkpoint === undefined ? null : await context.putArtifact(checkpoint, checkpointMediaType),
      seconds: result.seconds,
    };
  } catch (error) {
    if (stopping.signal.aborted) throw new ExecutionStopped('The search was stopped.');
    throw nameFailure(error, failures);
  } finally {
    stopping.close();
  }

  /** The distribution as it is, the accuracies as an artifact. */
  async function storeAssessment({ sampling, accuracies, images }: Assessment): Promise<JsonObject> {
    const path = join(context.directory, 'assessment.json');
    await writeFile(path, JSON.stringify({ kind: 'assessment', accuracies, images }));
    const digest = await context.putArtifact(path, 'application/json');
    return { ...(sampling === undefined ? {} : { sampling }), accuracies: digest };
  }

  /** The history with what is needed to read it: which rows and columns of α mean what. */
  async function storeHistory({ history, alpha, beta }: SearchResult): Promise<string> {
    const groups = createSpace(spec.space).groups.map(({ name, options, choices }) => ({
      name,
      options,
      choices: choices.map(({ id, site, options: own }) => ({
        id,
        ...site,
        ...(own.join() === options.join() ? {} : { options: own }),
      })),
    }));
    const path = join(context.directory, 'history.json');
    await writeFile(path, JSON.stringify({ kind: 'search', groups, epochs: history, alpha, beta }));
    return context.putArtifact(path, 'application/json');
  }
};
