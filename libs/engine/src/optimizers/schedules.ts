export interface ScheduleOptions {
  readonly from: number;
  readonly to: number;
  /** Step at which `to` is reached; later steps stay there. At least 1. */
  readonly steps: number;
}

/**
 * Half a cosine: `to + (from − to)·(1 + cos(π·step/steps))/2` (Loshchilov and Hutter 2017, equation
 * 5).
 */
export function cosineSchedule({ from, to, steps }: ScheduleOptions): (step: number) => number {
  return (step) => to + ((from - to) * (1 + Math.cos((Math.PI * Math.min(step, steps)) / steps))) / 2;
}

/** A straight line. */
export function linearSchedule({ from, to, steps }: ScheduleOptions): (step: number) => number {
  return (step) => from + ((to - from) * Math.min(step, steps)) / steps;
}
