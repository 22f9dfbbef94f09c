import { type LocateOptions, specDatasetFault } from '@oneshot/data';
import type { SpecValidation } from '@oneshot/jobs';
import { type FieldFault, fieldFaultOf } from '@oneshot/service-kit';
import { parseSearchSpec, type SearchSpec, searchRunId, TrainingError } from '@oneshot/training';
import { priorFaults } from './read-prior.js';

/** Checks a search spec and fills it in; its id is the digest of what comes out. The data set must be found here. */
export function validateSearch(input: unknown, data: LocateOptions = {}): SpecValidation {
  const faults: FieldFault[] = [];
  const spec = read(input, faults);
  const trouble = specDatasetFault(input, data);
  if (trouble !== undefined) faults.push(trouble);
  if (spec?.prior !== undefined) faults.push(...priorFaults(spec.prior, data));
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
