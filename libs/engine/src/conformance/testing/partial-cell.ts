import type { CellSchedule, EdgeSchedule } from '../../cell/schedule.js';
import { dartsPrimitives } from './darts-primitives.js';
import { Layout } from './layout.js';

/**
 * Two nodes of mixed edges as in the DARTS space, with partial connections and a coefficient on
 * every bypass.
 */
export function partialCell(channels: number, keep: number, reduction: boolean): CellSchedule {
  const layout = new Layout();
  const state = { height: 4, width: 6, channels };
  const edge = (from: number): EdgeSchedule => {
    const stride = reduction && from < 2 ? 2 : 1;
    const branches = dartsPrimitives.map((name) =>
      layout.primitive(name, `${name}.${from}`, Math.floor(channels / keep), stride, layout.mix()),
    );
    return { from, branches, partial: { keep, stride, bypassMix: layout.mix() } };
  };
  const nodes = [{ edges: [edge(0), edge(1)] }, { edges: [edge(1), edge(2)] }];
  return { inputs: [state, state], nodes, output: [2, 3], ...layout.counts() };
}
