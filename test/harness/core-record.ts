import { createHash } from 'node:crypto';
import type { Dataset } from '@oneshot/data';
import { exportOnnx } from '@oneshot/onnx';
import { runSearch, runTraining } from '@oneshot/training';

/**
 * What a search of two steps, the retraining of what it found in two steps, and its export come to.
 */
export interface CoreRecord {
  readonly space: string;
  readonly method: string;
  readonly runId: string;
  readonly alphaDigest: string;
  readonly supernetDigest: string | null;
  readonly genotypeId: string;
  readonly notation: string;
  readonly supernetParameters: number;
  readonly trainedDigest: string;
  readonly trainedParameters: number;
  readonly onnxDigest: string;
}

export const RECORDED_SPACES = [
  { name: 'toy_cell', channels: 4 },
  { name: 'darts', cells: 3, channels: 4 },
  { name: 'nasbench201', cells: 1, channels: 4 },
] as const;

export const RECORDED_METHODS = ['darts', 'darts_second_order', 'gdas', 'pcdarts', 'drnas', 'drnas_partial'] as const;

/**
 * Searches two steps, retrains two, exports: everything that a change of the core might change by a
 * bit.
 */
export async function coreRecord(
  space: (typeof RECORDED_SPACES)[number],
  method: string,
  dataset: Dataset,
): Promise<CoreRecord> {
  const data = { name: dataset.name };
  // What was recorded of gdas is the variant of NAS-Bench-201, in every space.
  const recorded = method === 'gdas' ? { sampler: { variant: 'official' } } : {};
  const changes = { epochs: 1, batch: 12, augment: { crop: 1 }, architecture: { frozenEpochs: 0 } };
  const profile = { method, ...changes, ...recorded };
  const found = await runSearch({ space, profile, data, seed: 3 }, { dataset });
  const trained = await runTraining(
    { space, genotype: found.genotype, data, epochs: 1, batch: 24, augment: { cutout: 3 }, dropPath: 0.3, seed: 4 },
    { dataset },
  );
  const model = exportOnnx({
    description: trained.network,
    state: trained.weights,
    normalisation: { mean: [...dataset.mean], std: [...dataset.std] },
    metadata: { classes: [...dataset.classes] },
  });
  return {
    space: space.name,
    method,
    runId: found.runId,
    alphaDigest: sha256(JSON.stringify(found.alpha)),
    supernetDigest: found.weightsDigest,
    genotypeId: found.genotypeId,
    notation: found.notation,
    supernetParameters: found.parameters,
    trainedDigest: trained.weightsDigest,
    trainedParameters: trained.parameters,
    onnxDigest: sha256(model),
  };
}

function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}
