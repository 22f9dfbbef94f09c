import { type Optimized, optimizerName, optimizerOptions, USUAL_OPTIMIZER } from '../optimizers/optimizer.js';
import { learningRateFields } from '../schedules/learning-rate.js';

type Fields = Readonly<Record<string, unknown>>;

/**
 * Changes laid over a base, field by field. A component of another name replaces the base's
 * altogether; of another optimizer or schedule what both know stays, but not another optimizer's
 * learning rate: it is to be written.
 */
export function overlay(base: Fields, changes: Fields): Record<string, unknown> {
  const result: Record<string, unknown> = { ...base };
  for (const [key, change] of Object.entries(changes)) {
    const before = base[key];
    const replaced = !isRecord(before) || !isRecord(change) || ('name' in change && change.name !== before.name);
    result[key] = replaced ? change : overlay(staying(key, before, change), change);
  }
  return result;
}

/** What of a base stays under a change of the field `key`. */
function staying(key: string, before: Fields, change: Fields): Fields {
  if (key === 'learningRate') {
    const known = learningRateFields(change.schedule);
    return change.schedule === undefined || known === null ? before : only(before, (field) => known.has(field));
  }
  return isOptimized(key) ? stayingOf(key, before, change) : before;
}

function stayingOf(of: Optimized, before: Fields, change: Fields): Fields {
  const last = optimizerName(before, of);
  const { optimizer: next } = change;
  if (typeof next !== 'string' || next === last) return before;
  const [lost, kept] = [optimizerOptions(last), optimizerOptions(next)];
  if (lost === null || kept === null) return before;
  const gone = new Set(['optimizer', 'learningRate', ...lost.filter((option) => !kept.includes(option))]);
  return only(before, (field) => !gone.has(field));
}

function only(fields: Fields, wanted: (field: string) => boolean): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([field]) => wanted(field)));
}

function isOptimized(key: string): key is Optimized {
  return Object.hasOwn(USUAL_OPTIMIZER, key);
}

export function isRecord(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
