import type { Precision } from '../cell/precision.js';
import type { CellSchedule } from '../cell/schedule.js';
import type { Addon, CellPlan } from './addon.js';

/** Compiled schedules by schedule object, batch size and precision; they go with the schedule. */
export class PlanCache {
  readonly #plans = new WeakMap<CellSchedule, Map<string, CellPlan>>();

  constructor(private readonly addon: Addon) {}

  get(schedule: CellSchedule, batch: number, precision: Precision): CellPlan {
    let plans = this.#plans.get(schedule);
    if (plans === undefined) {
      plans = new Map();
      this.#plans.set(schedule, plans);
    }
    const key = `${batch} ${precision}`;
    let plan = plans.get(key);
    if (plan === undefined) {
      plan = new this.addon.CellPlan(JSON.stringify(schedule), batch, precision);
      plans.set(key, plan);
    }
    return plan;
  }
}
