import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { countPerClass, DataError, guessingAccuracy, openExpected } from '@oneshot/data';
import { EngineError, environmentOptions, selectBackend } from '@oneshot/engine';
import {
  arithmeticOptions,
  checkpointMediaType,
  type Execute,
  ExecutionStopped,
  executionCheckpoints,
  executionStopSignal,
  nameFailure,
  workersBeside,
} from '@oneshot/jobs';
import { loadSpaceModule, NasError } from '@oneshot/nas';
import { OnnxError } from '@oneshot/onnx';
import {
  estimateTraining,
  type Progress,
  parseTrainingSpec,
  reportExpected,
  runTraining,
  TrainingError,
} from '@oneshot/training';
import { epochMetrics } from './epoch-metrics.js';
import { exportVerified } from './export-verified.js';

/**
 * Retrains one genotype, exports it to ONNX, checks the file against the network, and registers the
 * model.
 */
export const execute: Execute = async (input, context) => {
  const stopping = executionStopSignal(context);
  const checkpoints = executionCheckpoints(context);

  const store = async (name: string, content: string | Uint8Array, mediaType: string) => {
    const path = join(context.directory, name);
    await writeFile(path, content);
    return context.putArtifact(path, mediaType);
  };

  try {
    await loadSpaceModule(input.space);
    const spec = parseTrainingSpec(input);
    await selectBackend(environmentOptions());
    const dataset = await openExpected(spec.data);
    const { registry, runId } = context;
    const { genotype } = await registry.registerGenotype({
      space: { ...spec.space },
      form: { $case: 'genotype', value: { ...spec.genotype } },
      runId: '',
    });
    const limit = { workers: workersBeside() };
    const estimate = await estimateTraining(spec, dataset, { limit, signal: stopping.signal });
    const report = (progress: Progress) => context.report({ ...progress, etaSeconds: progress.etaSeconds ?? 0 });
    const result = await runTraining(spec, {
      dataset,
      checkpoints,
      ...arithmeticOptions(),
      signal: stopping.signal,
      onStep: reportExpected(estimate, spec.epochs, report),
      async onEpoch(epoch) {
        await registry.recordMetrics({ runId, points: epochMetrics(epoch) });
      },
    });
    context.report({
      stage: 'export',
      epoch: spec.epochs,
      epochs: spec.epochs,
      step: 0,
      steps: 0,
      metrics: { test_accuracy: result.testAccuracy },
      etaSeconds: 0,
    });
    const exported = await exportVerified({ spec, runId, result, dataset });
    const onnx = await store('model.onnx', exported.bytes, 'application/onnx');
    const history = await store(
      'history.json',
      JSON.stringify({ kind: 'training', epochs: result.history, testLoss: result.testLoss }),
      'application/json',
    );
    const genotypeId = genotype?.id ?? result.genotypeId;
    const { model } = await registry.registerModel({
      model: {
        id: '',
        genotypeId,
        trainingRunId: runId,
        onnx,
        dataset: dataset.name,
        parameters: result.parameters,
        testAccuracy: result.testAccuracy,
        createdAt: undefined,
      },
    });
    const checkpoint = checkpoints.latest();
    return {
      modelId: model?.id ?? '',
      genotypeId,
      testAccuracy: result.testAccuracy,
      testLoss: result.testLoss,
      testImages: dataset.test.count,
      guessingAccuracy: guessingAccuracy(countPerClass(dataset.classes, dataset.train.labels, dataset.test.labels)),
      weightsDigest: result.weightsDigest,
      dataDigest: result.dataDigest,
      arithmetic: result.arithmetic.map((each) => ({ ...each })),
      onnx,
      onnxDifference: exported.largestDifference,
      history,
      checkpoint: checkpoint === undefined ? null : await context.putArtifact(checkpoint, checkpointMediaType),
      parameters: result.parameters,
      multiplyAdds: result.multiplyAdds,
      seconds: result.seconds,
    };
  } catch (error) {
    if (stopping.signal.aborted) throw new ExecutionStopped('The training was stopped.');
    throw nameFailure(error, [TrainingError, NasError, DataError, OnnxError, EngineError]);
  } finally {
    stopping.close();
  }
};
