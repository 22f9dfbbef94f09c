import { digestText, type JsonObject } from '@oneshot/jobs';
import { faultsOf } from '@oneshot/nas';
import type { FieldFault } from '@oneshot/service-kit';
import { z } from 'zod';

/** One too large for a number is no fault of the result. */
const loss = z.custom<number | null>((value) => value === null || typeof value === 'number', 'allowed: a number');

const schema = z.looseObject({
  modelId: digestText,
  genotypeId: digestText,
  testAccuracy: z.number().min(0).max(1),
  testLoss: loss,
  weightsDigest: digestText,
  dataDigest: digestText,
  onnx: digestText,
  history: digestText,
  checkpoint: digestText.nullable(),
  parameters: z.int().min(0),
  /** Results of version 0.1 have none. */
  multiplyAdds: z.int().min(0).optional(),
  seconds: z.number().min(0),
});

/**
 * Everything in which a result is not that of a training. Fields this does not know are let
 * through.
 */
export function trainingResultFaults(result: JsonObject): readonly FieldFault[] {
  const parsed = schema.safeParse(result);
  return parsed.success ? [] : faultsOf(parsed.error, result);
}
