import { digestText, type JsonObject } from '@oneshot/jobs';
import { faultsOf } from '@oneshot/nas';
import type { FieldFault } from '@oneshot/service-kit';
import { z } from 'zod';
import { isLookup } from './tabular/lookup-spec.js';

const fraction = z.number().min(0).max(1);

const scored = z.looseObject({
  modelId: digestText.nullable(),
  onnx: digestText,
  accuracy: fraction,
  images: z.int().min(0),
  dataDigest: digestText,
});

const lookedUp = z.looseObject({
  benchmark: z.string(),
  metric: z.string(),
  notation: z.string().min(1),
  accuracy: fraction,
  metrics: z.record(z.string(), z.number()),
});

const lookedUpWithAssessment = lookedUp.extend({ identification: z.looseObject({}) });

/**
 * Everything in which a result is not that of an evaluation with this spec. Fields this does not
 * know are let through.
 */
export function evaluationResultFaults(result: JsonObject, spec: JsonObject): readonly FieldFault[] {
  const answer = spec.assessment === undefined ? lookedUp : lookedUpWithAssessment;
  const parsed = (isLookup(spec) ? answer : scored).safeParse(result);
  return parsed.success ? [] : faultsOf(parsed.error, result);
}
