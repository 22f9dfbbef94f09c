import type { SamplingQuality, TwoStageRecord } from '@oneshot/benchmarks';
import { z } from 'zod';
import type { MemberKey } from '../campaign/members.js';
import type { MemberState } from '../reconcile/member-state.js';
import { BrokenResult } from './passing-error.js';

const curve = z.array(z.object({ share: z.number(), accuracy: z.number(), value: z.number() }));

const samplingQuality: z.ZodType<SamplingQuality> = z.object({
  curve,
  expectedAccuracy: z.number(),
  uniformAccuracy: z.number(),
  topTenth: z.number(),
  superiority: z.number(),
});

/** What an evaluation by table holds of its two stages; see the evaluator's service. */
const answer = z.object({
  accuracy: z.number(),
  sampling: samplingQuality.optional(),
  identification: z
    .object({ curve, topTenth: z.number(), tau: z.number().nullable(), architectures: z.number() })
    .optional(),
});

/**
 * What a member that has been looked up tells of the two stages; none of one that has not. Throws
 * BrokenResult for an answer that cannot be read.
 */
export function twoStageRecords(keys: readonly MemberKey[], member: MemberState): readonly TwoStageRecord[] {
  const key = keys[member.index];
  const evaluation = member.evaluations[0];
  if (key === undefined || evaluation?.result === undefined) return [];
  const read = answer.safeParse(evaluation.result);
  if (!read.success) throw new BrokenResult(`The result of evaluation ${evaluation.id} is no answer of a table.`);
  const { accuracy, sampling, identification } = read.data;
  return [
    {
      trainer: key.method.name,
      selector: key.selector ?? 'magnitude',
      seed: key.seed,
      accuracy,
      ...(sampling === undefined ? {} : { sampling }),
      ...(identification === undefined ? {} : { identification }),
    },
  ];
}
