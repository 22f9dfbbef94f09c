import { datasetFault, type LocateOptions } from '@oneshot/data';
import type { SpecValidation } from '@oneshot/jobs';
import { type FieldFault, fieldFaultOf } from '@oneshot/service-kit';
import { parseSearchSpec, type SearchSpec, searchRunId, TrainingError } from '@oneshot/training';
import { priorFault } from './read-prior.js';

/** Checks a search spec and fills it in; its id is the digest of what comes out. The data set must be found here. */
export function validateSearch(input: unknown, data: LocateOptions = {}): SpecValidation {
  const faults: FieldFault[] = [];
  const spec = read(input, faults);
  const name = dataName(input);
  const trouble = name === undefined ? undefined : datasetFault(name, data);
  if (trouble !== undefined) faults.push({ path: 'data.name', found: name ?? '', allowed: '', message: trouble });
  const unread = spec?.prior === undefined ? undefined : priorFault(spec.prior, data);
  if (unread !== undefined) faults.push(unread);
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

function dataName(input: unknown): string | undefined {
  const data: unknown = typeof input === 'object' && input !== null && 'data' in input ? input.data : undefined;
  const name: unknown = typeof data === 'object' && data !== null && 'name' in data ? data.name : undefined;
  return typeof name === 'string' ? name : undefined;
}
