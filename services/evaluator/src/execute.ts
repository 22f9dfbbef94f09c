import { DataError, openExpected } from '@oneshot/data';
import { type Execute, ExecutionError, ExecutionStopped, executionStopSignal, nameFailure } from '@oneshot/jobs';
import { OnnxError, scoreOnnx } from '@oneshot/onnx';
import { Code, ServiceError } from '@oneshot/service-kit';
import { executeLookup } from './tabular/lookup.js';
import { isLookup } from './tabular/lookup-spec.js';
import { parseEvaluationSpec } from './validate-evaluation.js';

/** Scores one model's ONNX file on one part of a data set, or asks a table. */
export const execute: Execute = (input, context) =>
  isLookup(input) ? executeLookup(input, context) : scoreModel(input, context);

const scoreModel: Execute = async (input, context) => {
  const spec = parseEvaluationSpec(input);
  const stopping = executionStopSignal(context);
  try {
    context.report({ stage: 'evaluate', epoch: 0, epochs: 0, step: 0, steps: 0, metrics: {}, etaSeconds: 0 });
    const onnx = spec.onnx ?? (await modelFile(spec.modelId ?? ''));
    const dataset = await openExpected(spec.data);
    const threads = Number(process.env.ONESHOT_THREADS ?? '') || 1;
    const score = await scoreOnnx(
      await context.getArtifact(onnx),
      { part: dataset[spec.split], classes: dataset.classes },
      {
        // Not its place on this machine, which tells a caller nothing.
        name: spec.modelId === undefined ? 'model' : `model ${spec.modelId}`,
        batch: spec.batch,
        threads,
        signal: stopping.signal,
        ...(spec.classes === undefined ? {} : { classes: spec.classes }),
        ...(spec.pixels === undefined ? {} : { pixels: spec.pixels }),
        ...(spec.outputs === undefined ? {} : { outputs: spec.outputs }),
        ...(spec.provider === undefined ? {} : { provider: spec.provider }),
        ...(spec.latency === undefined ? {} : { latencyGrid: spec.latency }),
      },
    );
    const { expectedCalibrationError, brier, negativeLogLikelihood, bins } = score.calibration;
    return {
      modelId: spec.modelId ?? null,
      onnx,
      accuracy: score.accuracy,
      top5Accuracy: score.top5Accuracy,
      perClass: score.perClass.map((row) => ({ ...row })),
      classesMatchedBy: score.matchedBy,
      otherClasses: score.otherClasses.map((row) => ({ ...row })),
      outputs: score.outputs,
      expectedCalibrationError,
      brier,
      negativeLogLikelihood,
      reliability: bins.map((bin) => ({ ...bin })),
      latencies: score.latencies.map((row) => ({ ...row })),
      provider: spec.provider ?? 'cpu',
      peakMemoryBytes: score.peakMemoryBytes,
      images: score.images,
      imageShape: { ...dataset.image },
      ...(dataset.folder === undefined
        ? {}
        : {
            folder: {
              sizes: dataset.folder.sizes.map((size) => ({ ...size })),
              rule: { ...dataset.folder.rule },
              grey: dataset.folder.grey,
            },
          }),
      latencyMedianMs: score.latency.median,
      latencyP95Ms: score.latency.p95,
      imagesPerSecond: score.throughput,
      bytes: score.bytes,
      dataDigest: dataset.digest,
    };
  } catch (error) {
    if (stopping.signal.aborted) throw new ExecutionStopped('The evaluation was stopped.');
    throw nameFailure(error, [OnnxError, DataError]);
  } finally {
    stopping.close();
  }

  async function modelFile(id: string): Promise<string> {
    try {
      const { model } = await context.registry.getModel({ id });
      return model?.onnx ?? '';
    } catch (error) {
      if (!(error instanceof ServiceError) || error.code !== Code.NOT_FOUND) throw error;
      throw new ExecutionError({
        reason: 'MODEL_NOT_FOUND',
        message: `The registry has no model ${id}.`,
        retryable: false,
        cause: error,
      });
    }
  }
};
