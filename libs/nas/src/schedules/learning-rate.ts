import './all.gen.js';
import { z } from 'zod';
import type { Fault } from '../errors.js';
import { placed, unionOf } from '../parts/parts.js';
import type { LearningRateSpec } from './learning-rate-spec.js';
import { type SchedulePart, schedules } from './registry.js';

const rate = z.number().positive().max(100);

const warmupFields = {
  /** Rate of the first step; below the schedule's own `from`. */
  from: rate,
};

const warmup = z.union(
  [
    /** Raised as often as the schedule changes: after every epoch, or every step. */
    z.strictObject({ ...warmupFields, epochs: z.int().min(1).max(10_000) }),
    /** Raised after every step. A run of fewer steps ends in its warm-up. */
    z.strictObject({ ...warmupFields, steps: z.int().min(1) }),
  ],
  { error: 'allowed: { from, epochs } or { from, steps }' },
);

/** The schedule that goes unsaid. */
const USUAL = 'cosine';

/**
 * The schema of a learning rate: one schedule by its name, `cosine` where none is said, and then
 * not written down either: run ids are digests of what is.
 *
 * @param from rate to start from where none is written; default: it must be written
 */
export function learningRateSchema(from?: number): z.ZodType<LearningRateSpec> {
  const members = schedules.names().map((name) => {
    const fields = {
      from: from === undefined ? rate : rate.default(from),
      ...schedules.of(name).options,
      warmup: warmup.optional(),
    };
    if (name !== USUAL) return z.strictObject({ schedule: z.literal(name), ...fields });
    return z
      .strictObject({ schedule: z.literal(name).optional(), ...fields })
      .transform(({ schedule: _, ...written }) => written);
  });
  return unionOf('schedule', members, schedules.names()) as z.ZodType<LearningRateSpec>;
}

/** A learning rate as a number, or changing. A number is one that stays. */
export function learningRateOrNumberSchema(): z.ZodType<number | LearningRateSpec> {
  return z
    .union([rate, learningRateSchema()], { error: 'allowed: a number, or an object with a schedule' })
    .transform((written) =>
      typeof written === 'object' && written.schedule === 'constant' && written.warmup === undefined
        ? written.from
        : written,
    );
}

/**
 * What a learning rate contradicts, in itself or in a run of so many epochs; paths are those of its
 * fields.
 */
export function learningRateFaults(spec: LearningRateSpec, epochs: number): readonly Fault[] {
  const faults = [...(partOf(spec).exclusions?.(asPart(spec)) ?? [])];
  const { from, warmup } = spec;
  if (warmup === undefined) return faults;
  if (warmup.from >= from) {
    faults.push(
      ...placed([{ path: 'from', message: `found ${warmup.from}; below learningRate.from, ${from}` }], 'warmup'),
    );
  }
  if ('epochs' in warmup && warmup.epochs >= epochs) {
    const message = `found ${warmup.epochs}; at most ${epochs - 1}, for the run has ${epochs} epochs`;
    faults.push({ path: 'warmup.epochs', message });
  }
  return faults;
}

/**
 * The learning rate by epoch and step. With a warm-up of length w it is
 * `warmup.from + (from − warmup.from)·t/w` at t < w, and the schedule runs over what is left.
 */
export function learningRateOf(
  spec: LearningRateSpec,
  epochs: number,
  stepsPerEpoch: number,
): (epoch: number, step: number) => number {
  const { from, warmup, every } = spec;
  const exact = (epoch: number, step: number) => epoch + step / stepsPerEpoch;
  const position = every === 'epoch' ? (epoch: number) => epoch : exact;
  if (warmup === undefined) {
    const schedule = partOf(spec).create(asPart(spec), Math.max(1, epochs));
    return (epoch, step) => schedule(position(epoch, step));
  }
  const length = 'epochs' in warmup ? warmup.epochs : warmup.steps / stepsPerEpoch;
  const warming = 'epochs' in warmup ? position : exact;
  const schedule = partOf(spec).create(asPart(spec), Math.max(epochs - length, Number.EPSILON));
  return (epoch, step) => {
    const warmed = warming(epoch, step);
    if (warmed < length) return warmup.from + ((from - warmup.from) * warmed) / length;
    return schedule(Math.max(0, position(epoch, step) - length));
  };
}

function partOf({ schedule = USUAL }: LearningRateSpec): SchedulePart {
  return schedules.of(schedule);
}

function asPart(spec: LearningRateSpec) {
  return { ...spec, name: spec.schedule ?? USUAL };
}

/** The fields that a learning rate of a schedule may have; null for an unknown one. */
export function learningRateFields(schedule: unknown = USUAL): ReadonlySet<string> | null {
  const part = typeof schedule === 'string' ? schedules.find(schedule) : undefined;
  return part === undefined ? null : new Set(['schedule', 'from', 'warmup', ...Object.keys(part.options ?? {})]);
}
