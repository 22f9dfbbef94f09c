import { identifySpecData, type LocateOptions, writtenData } from '@oneshot/data';
import type { SpecValidation } from '@oneshot/jobs';
import { type FieldFault, fieldFaultOf } from '@oneshot/service-kit';
import { parseTrainingSpec, TrainingError, type TrainingSpec, trainingRunId } from '@oneshot/training';
import { type FindGenotype, resolveGenotype } from './resolve-genotype.js';

export interface ValidateTrainingOptions {
  readonly find: FindGenotype;
  /** Where data sets are looked for. */
  readonly data?: LocateOptions | undefined;
}

/**
 * Checks a training spec and fills it in, with the digest of its data set, which must be found here; its id is the digest of what comes out.
 */
export async function validateTraining(input: unknown, options: ValidateTrainingOptions): Promise<SpecValidation> {
  const { spec: resolved, fault } = await resolveGenotype(input, options.find);
  const faults: FieldFault[] = fault === undefined ? [] : [fieldFaultOf(fault)];
  const written = read(resolved, faults);
  const named = written?.data ?? writtenData(input);
  const identified = named && (await identifySpecData(named, options.data));
  if (identified?.ok === false) faults.push(identified.fault);
  const spec = written && identified?.ok ? { ...written, data: identified.data } : undefined;
  // Without the genotype its own fault says more than its absence does.
  const told =
    fault === undefined ? faults : faults.filter(({ path }) => !path.startsWith('genotype') || path === fault.path);
  if (spec === undefined || told.length > 0) return { ok: false, faults: told };
  return { ok: true, id: trainingRunId(spec), spec: { ...spec } };
}

function read(input: unknown, faults: FieldFault[]): TrainingSpec | undefined {
  try {
    return parseTrainingSpec(input);
  } catch (error) {
    if (!(error instanceof TrainingError)) throw error;
    faults.push(...error.faults.map(fieldFaultOf));
    return undefined;
  }
}
