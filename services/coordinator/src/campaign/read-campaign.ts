import { type NamedData, type SpecData, writtenData } from '@oneshot/data';
import type { SpecValidation } from '@oneshot/jobs';
import { canonicalDigest, faultsOf, pathText } from '@oneshot/nas';
import { type FieldFault, fieldFaultOf } from '@oneshot/service-kit';
import { type LoadedSpace, withLoadedSpace } from '@oneshot/training';
import { evaluationFaults } from './evaluation-faults.js';
import { fieldsOf, listOf } from './loose-fields.js';
import { memberFaults } from './member-faults.js';
import type { ReadCampaignOptions } from './read-campaign-options.js';
import { campaignSchema } from './schema.js';
import { sizeFaults } from './size-faults.js';

/**
 * Reads a campaign as users write it. Every fault is found at once: those of the campaign's own
 * fields, and those that the searches and retrainings made of it would have, told under the path
 * where the campaign says it.
 */
export async function readCampaign(written: unknown, options: ReadCampaignOptions): Promise<SpecValidation> {
  const { input, faults: unloaded } = await withLoadedSpaces(written);
  const parsed = campaignSchema.safeParse(input);
  const own = parsed.success ? sizeFaults(parsed.data) : faultsOf(parsed.error, input);
  // What is too large to be done is too large to be read member by member.
  if (parsed.success && own.length > 0) return { ok: false, faults: own };
  const identified = await identifyBenchmarks(input, options);
  const missing = identified.flatMap((data) => (data.ok ? [] : [data.fault]));
  const faults = distinctFaults([
    ...own,
    ...unloaded,
    ...missing,
    ...(await memberFaults(input)),
    ...evaluationFaults(input, options),
  ]);
  if (!parsed.success || faults.length > 0) return { ok: false, faults };
  const benchmarks = parsed.data.benchmarks.map((benchmark, index) => {
    const data = identified[index];
    return data?.ok ? { ...benchmark, data: { ...benchmark.data, digest: data.data.digest } } : benchmark;
  });
  const spec = { ...parsed.data, benchmarks };
  return { ok: true, id: canonicalDigest(spec), spec };
}

/**
 * The campaign with the digests of the modules that its benchmarks name as spaces; these are
 * loaded.
 */
async function withLoadedSpaces(
  written: unknown,
): Promise<{ readonly input: unknown; readonly faults: readonly FieldFault[] }> {
  const campaign = fieldsOf(written);
  if (!Array.isArray(campaign.benchmarks)) return { input: written, faults: [] };
  const loaded: LoadedSpace[] = [];
  for (const [position, benchmark] of listOf(campaign.benchmarks).entries()) {
    loaded.push(await withLoadedSpace(benchmark, pathText(['benchmarks', position, 'space'])));
  }
  return {
    input: { ...campaign, benchmarks: loaded.map(({ spec }) => spec) },
    faults: loaded.flatMap(({ faults }) => faults.map(fieldFaultOf)),
  };
}

/** The data sets that benchmarks name, as far as they can be read. */
function identifyBenchmarks(
  input: unknown,
  { identifyData }: ReadCampaignOptions,
): Promise<readonly SpecData<NamedData>[]> {
  const identifying = listOf(fieldsOf(input).benchmarks).flatMap((benchmark, position) => {
    const { data } = fieldsOf(benchmark);
    const short = typeof data === 'string';
    const named = writtenData({ data: short ? { name: data } : data });
    if (named === undefined) return [];
    const path = pathText(['benchmarks', position, 'data']);
    const atName = (found: SpecData<NamedData>): SpecData<NamedData> =>
      found.ok || !short ? found : { ok: false, fault: { ...found.fault, path } };
    return [identifyData(named, path).then(atName)];
  });
  return Promise.all(identifying);
}

/** One fault per field: the campaign's own reading comes first. */
function distinctFaults(faults: readonly FieldFault[]): readonly FieldFault[] {
  const byPath = new Map<string, FieldFault>();
  for (const fault of faults) if (!byPath.has(fault.path)) byPath.set(fault.path, fault);
  return [...byPath.values()];
}
