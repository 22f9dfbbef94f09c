import { identifySpecData, type LocateOptions, writtenData } from '@oneshot/data';
import type { SpecValidation } from '@oneshot/jobs';
import { type FieldFault, fieldFaultOf } from '@oneshot/service-kit';
import {
  batchFault,
  fitSearch,
  parseSearchSpec,
  type SearchSpec,
  searchRunId,
  TrainingError,
  takeFit,
  withLoadedSpace,
} from '@oneshot/training';
import { priorFaults } from './read-prior.js';

/**
 * Checks a search spec and fills it in, with the digest of its data set, which must be found here,
 * and with settings that fit it where the spec asks for them; its id is the digest of what comes
 * out.
 */
export async function validateSearch(input: unknown, data: LocateOptions = {}): Promise<SpecValidation> {
  const loaded = await withLoadedSpace(input);
  const asked = takeFit(loaded.spec);
  const faults: FieldFault[] = asked.faults.map(fieldFaultOf);
  if (loaded.faults.length > 0) return { ok: false, faults: [...faults, ...loaded.faults.map(fieldFaultOf)] };
  const written = read(asked.spec, faults);
  const named = written?.data ?? writtenData(asked.spec);
  const identified = named && (await identifySpecData(named, data));
  if (identified?.ok === false) faults.push(identified.fault);
  if (written?.prior !== undefined) faults.push(...priorFaults(written.prior, data));
  if (written === undefined || !identified?.ok) return { ok: false, faults };
  const fault = batchFault(asked.spec, identified.survey, 'search');
  if (fault !== undefined) faults.push(fieldFaultOf(fault));
  const fitted = asked.fit ? read(fitSearch(asked.spec, identified.survey), faults) : written;
  if (fitted === undefined || faults.length > 0) return { ok: false, faults };
  const spec = { ...fitted, data: { ...fitted.data, digest: identified.survey.digest } };
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
