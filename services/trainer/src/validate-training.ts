import { type LocateOptions, specDatasetFault } from '@oneshot/data';
import type { SpecValidation } from '@oneshot/jobs';
import { type FieldFault, fieldFaultOf } from '@oneshot/service-kit';
import { parseTrainingSpec, TrainingError, type TrainingSpec, trainingRunId } from '@oneshot/training';
import { type FindGenotype, resolveGenotype } from './resolve-genotype.js';

export interface ValidateTrainingOptions {
  readonly find: FindGenotype;
  /** Where data sets are looked for. */
  readonly data?: LocateOptions | undefined;
}

/** Checks a training spec and fills it in; its id is the digest of what comes out. The data set must be found here. */
export async function validateTraining(input: unknown, options: ValidateTrainingOptions): Promise<SpecValidation> {
  const { spec: written, fault } = await resolveGenotype(input, options.find);
  const faults: FieldFault[] = fault === undefined ? [] : [fieldFaultOf(fault)];
  const spec = read(written, faults);
  const trouble = specDatasetFault(input, options.data);
  if (trouble !== undefined) faults.push(trouble);
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
