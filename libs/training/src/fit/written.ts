import { learningRateFields, type Optimized, USUAL_OPTIMIZER } from '@oneshot/nas';

/** A spec as it is written, not checked yet. */
export type Written = Readonly<Record<string, unknown>>;

/** What is written over what fits, field by field: nothing that is written is changed. */
export function writtenOver(fitting: Written, written: Written): Written {
  const result: Record<string, unknown> = { ...fitting, ...written };
  for (const [key, value] of Object.entries(written)) {
    const below = fitting[key];
    if (isRecord(below) && isRecord(value)) result[key] = writtenOver(below, value);
  }
  return result;
}

export function isRecord(value: unknown): value is Written {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether another optimizer than the usual one is written: what fits that one does not fit it. */
export function namesOtherOptimizer(written: unknown, of: Optimized): boolean {
  return isRecord(written) && written.optimizer !== undefined && written.optimizer !== USUAL_OPTIMIZER[of];
}

/** Whether a learning rate falls, so that it may be lowered by step. */
export function falls(written: unknown): boolean {
  const rate = isRecord(written) ? written.learningRate : undefined;
  return learningRateFields(isRecord(rate) ? rate.schedule : undefined)?.has('every') ?? true;
}
