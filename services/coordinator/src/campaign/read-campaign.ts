import type { TabularName } from '@oneshot/benchmarks';
import type { SpecValidation } from '@oneshot/jobs';
import { canonicalDigest, faultsOf } from '@oneshot/nas';
import type { FieldFault } from '@oneshot/service-kit';
import { evaluationFaults } from './evaluation-faults.js';
import { memberFaults } from './member-faults.js';
import { campaignSchema } from './schema.js';

export interface ReadCampaignOptions {
  /** Says what is wrong with the data set of that name; undefined: it can be read. */
  readonly dataFault: (name: string) => string | undefined;
  /** Says what hinders the tabular benchmark of that name from being read; undefined: nothing. */
  readonly tabularFault: (name: TabularName) => string | undefined;
}

/**
 * Reads a campaign as users write it. Every fault is found at once: those of the campaign's own fields, and those that the searches and
 * retrainings made of it would have, told under the path where the campaign says it.
 */
export function readCampaign(input: unknown, options: ReadCampaignOptions): SpecValidation {
  const parsed = campaignSchema.safeParse(input);
  const own = parsed.success ? [] : faultsOf(parsed.error, input);
  const faults = distinctFaults([...own, ...memberFaults(input, options), ...evaluationFaults(input, options)]);
  if (!parsed.success || faults.length > 0) return { ok: false, faults };
  return { ok: true, id: canonicalDigest(parsed.data), spec: parsed.data };
}

/** One fault per field: the campaign's own reading comes first. */
function distinctFaults(faults: readonly FieldFault[]): readonly FieldFault[] {
  const byPath = new Map<string, FieldFault>();
  for (const fault of faults) if (!byPath.has(fault.path)) byPath.set(fault.path, fault);
  return [...byPath.values()];
}
