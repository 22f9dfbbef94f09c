import { type CellSchedule, cellShapes, type StateShape } from '@oneshot/engine';
import { OnnxError } from '../error.js';
import type { GraphBuilder, ValueName } from '../graph/graph-builder.js';
import type { Bank } from './bank.js';
import type { Contribution } from './branch.js';
import { everywhere, exportEdge, sumContributions } from './edge.js';

/**
 * A whole cell schedule; returns its output. `batch` is an int64 vector of one entry, the number of
 * images.
 */
export function exportCell(
  graph: GraphBuilder,
  schedule: CellSchedule,
  inputs: readonly ValueName[],
  batch: ValueName,
  bank: Bank,
  name: string,
): ValueName {
  const shapes = cellShapes(schedule);
  const states: ValueName[] = [...inputs];
  for (const [n, node] of schedule.nodes.entries()) {
    const place = `${name}/node${n}`;
    const contributions = node.edges.flatMap((edge, e) =>
      exportEdge(graph, edge, at(states, edge.from, place), at(shapes, edge.from, place), bank, `${place}/edge${e}`),
    );
    states.push(
      sumContributions(graph, contributions, place) ??
        constantState(graph, at(shapes, states.length, place), contributions, batch, place),
    );
  }
  const values = schedule.output.map((state) => at(states, state, name));
  const [only, ...more] = values;
  if (only !== undefined && more.length === 0) return only;
  return graph.node('Concat', values, `${name}/output`, { axis: 1 });
}

/** A node that no branch with a value enters: the same number everywhere. */
function constantState(
  graph: GraphBuilder,
  shape: StateShape,
  contributions: readonly Contribution[],
  batch: ValueName,
  name: string,
): ValueName {
  const rest = graph.integers([shape.channels, shape.height, shape.width], `${name}/sides`);
  const size = graph.node('Concat', [batch, rest], `${name}/shape`, { axis: 0 });
  const zeros = graph.node('ConstantOfShape', [size], `${name}/zeros`);
  const amount = everywhere(contributions);
  return amount === 0 ? zeros : graph.node('Add', [zeros, graph.scalar(amount, `${name}/bare`)], `${name}/constant`);
}

function at<T>(list: readonly T[], index: number, name: string): T {
  const value = list[index];
  if (value === undefined) {
    throw new OnnxError('invalid_weights', name, `state ${index}`, `0 to ${list.length - 1}`);
  }
  return value;
}
