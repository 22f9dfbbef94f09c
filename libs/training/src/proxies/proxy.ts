import { type Part, Parts, type Selection } from '@oneshot/nas';
import type { SearchModel } from '../search/search-model.js';
import type { TaskBatch } from '../task/task.js';

/** What a proxy sees besides the candidate. */
export interface ProxyContext {
  readonly model: SearchModel;
  /** One batch of the validation half; not to be freed. */
  readonly batch: TaskBatch;
  readonly seed: number;
}

/** What a proxy made ready, for one candidate after the other. */
export interface ProxyScores {
  /** The higher, the better the architecture is taken to be; −∞ where nothing can be said. */
  score(selection: Selection): number;
  /** Puts back what was changed of the model. */
  finish?(): void;
}

/** A figure that is to rank architectures without training them: a part without options. */
export interface Proxy extends Omit<Part, 'options'> {
  prepare(context: ProxyContext): ProxyScores;
}

export const proxies = new Parts<Proxy>('proxy');

/** Adds a proxy to those that selectors can name. Throws RangeError if the name is taken. */
export function defineProxy(proxy: Proxy): void {
  proxies.define(proxy);
}
