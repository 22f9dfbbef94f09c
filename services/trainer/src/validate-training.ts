import { identifySpecData, type LocateOptions, writtenData } from '@oneshot/data';
import type { SpecValidation } from '@oneshot/jobs';
import { type FieldFault, fieldFaultOf } from '@oneshot/service-kit';
import {
  batchFault,
  fitTraining,
  parseTrainingSpec,
  TrainingError,
  type TrainingSpec,
  takeFit,
  trainingRunId,
  withLoadedSpace,
} from '@oneshot/training';
import { type FindGenotype, resolveGenotype } from './resolve-genotype.js';

export interface ValidateTrainingOptions {
  readonly find: FindGenotype;
  /** Where data sets are looked for. */
  readonly data?: LocateOptions | undefined;
}

/**
 * Checks a training spec and fills it in, with the digest of its data set, which must be found
 * here, and with settings that fit it where the spec asks for them; its id is the digest of what
 * comes out.
 */
export async function validateTraining(input: unknown, options: ValidateTrainingOptions): Promise<SpecValidation> {
  const loaded = await withLoadedSpace(input);
  const asked = takeFit(loaded.spec);
  const faults: FieldFault[] = asked.faults.map(fieldFaultOf);
  if (loaded.faults.length > 0) return { ok: false, faults: [...faults, ...loaded.faults.map(fieldFaultOf)] };
  const { spec: resolved, fault } = await resolveGenotype(asked.spec, options.find);
  if (fault !== undefined) faults.push(fieldFaultOf(fault));
  const written = read(resolved, faults);
  const named = written?.data ?? writtenData(resolved);
  const identified = named && (await identifySpecData(named, options.data));
  if (identified?.ok === false) faults.push(identified.fault);
  const survey = identified?.ok ? identified.survey : undefined;
  const tooLarge = survey && batchFault(resolved, survey, 'training');
  if (tooLarge !== undefined) faults.push(fieldFaultOf(tooLarge));
  const fitted = asked.fit && written && survey ? read(fitTraining(resolved, survey), faults) : written;
  // Without the genotype its own fault says more than its absence does.
  const told =
    fault === undefined ? faults : faults.filter(({ path }) => !path.startsWith('genotype') || path === fault.path);
  if (fitted === undefined || survey === undefined || told.length > 0) return { ok: false, faults: told };
  const spec = { ...fitted, data: { ...fitted.data, digest: survey.digest } };
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
