import type { CellSchedule } from '../cell/schedule.js';
import type { Addon, CellPlan } from './addon.js';

/** Compiled schedules by schedule object and batch size; they go with the schedule. */
export class PlanCache {
  readonly #plans = new WeakMap<CellSchedule, Map<number, CellPlan>>();

  constructor(private readonly addon: Addon) {}

  get(schedule: CellSchedule, batch: number): CellPlan {
    let plans = this.#plans.get(schedule);
    if (plans === undefined) {
      plans = new Map();
      this.#plans.set(schedule, plans);
    }
    let plan = plans.get(batch);
    if (plan === undefined) {
      plan = new this.addon.CellPlan(JSON.stringify(schedule), batch);
      plans.set(batch, plan);
    }
    return plan;
  }
}
