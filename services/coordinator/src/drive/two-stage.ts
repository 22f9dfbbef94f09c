import {
  type SamplingQuality,
  summariseTwoStage,
  type TwoStageRecord,
  type TwoStageSummary,
} from '@oneshot/benchmarks';
import { z } from 'zod';
import type { MemberKey } from '../campaign/members.js';
import type { MemberState } from '../reconcile/member-state.js';

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

/** Both stages evaluated, from the members of a campaign that have all been looked up. */
export function twoStageOf(keys: readonly MemberKey[], members: readonly MemberState[]): TwoStageSummary {
  const records = members.flatMap((member, position): TwoStageRecord[] => {
    const key = keys[position];
    const result = member.evaluations[0]?.result;
    if (key === undefined || result === undefined) return [];
    const { accuracy, sampling, identification } = answer.parse(result);
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
  });
  return summariseTwoStage(records);
}
