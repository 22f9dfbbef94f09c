import { identifySpecData, type LocateOptions, writtenData } from '@oneshot/data';
import type { SpecValidation } from '@oneshot/jobs';
import { type FieldFault, fieldFaultOf } from '@oneshot/service-kit';
import { parseSearchSpec, type SearchSpec, searchRunId, TrainingError } from '@oneshot/training';
import { priorFaults } from './read-prior.js';

/**
 * Checks a search spec and fills it in, with the digest of its data set, which must be found here; its id is the digest of what comes out.
 */
export async function validateSearch(input: unknown, data: LocateOptions = {}): Promise<SpecValidation> {
  const faults: FieldFault[] = [];
  const written = read(input, faults);
  const named = written?.data ?? writtenData(input);
  const identified = named && (await identifySpecData(named, data));
  if (identified?.ok === false) faults.push(identified.fault);
  const spec = written && identified?.ok ? { ...written, data: identified.data } : undefined;
  if (written?.prior !== undefined) faults.push(...priorFaults(written.prior, data));
  if (spec === undefined || faults.length > 0) return { ok: false, faults };
  return { ok: true, id: searchRunId(spec), spec: { ...spec } };
}

function read(input: unknown, faults: FieldFault[]): SearchSpec | undefined {
  try {
    return parseSearchSpec(input);
  } catch (error) {
    if (!(error instanceof TrainingError)) throw error;
    faults.push(...error.faults.map(fieldFaultOf));
    return undefined;
  }
}
