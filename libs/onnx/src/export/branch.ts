import type { BranchSchedule, PoolBranch, StateShape } from '@oneshot/engine';
import type { GraphBuilder, ValueName } from '../graph/graph-builder.js';
import { type Bank, coefficient } from './bank.js';
import { exportFactorizedReduce } from './factorized-reduce.js';
import { exportNorm } from './norm.js';
import { exportStage } from './stage.js';

/** What a branch contributes: a value, the same number everywhere, or nothing. */
export type Contribution =
  | { readonly kind: 'value'; readonly value: ValueName }
  | { readonly kind: 'everywhere'; readonly amount: number }
  | { readonly kind: 'nothing' };

/** One branch, scaled by its coefficient. */
export function exportBranch(
  graph: GraphBuilder,
  branch: BranchSchedule,
  input: ValueName,
  shape: StateShape,
  bank: Bank,
  name: string,
): Contribution {
  const factor = coefficient(bank, branch.mix);
  if (branch.kind === 'bare') return { kind: 'everywhere', amount: factor };
  if (branch.kind === 'zero' || factor === 0) return { kind: 'nothing' };
  const value = exportBody(graph, branch, input, shape, bank, name);
  return { kind: 'value', value: scaled(graph, value, factor, name) };
}

/** A value times a constant; unchanged when the constant is 1. */
export function scaled(graph: GraphBuilder, value: ValueName, factor: number, name: string): ValueName {
  return factor === 1
    ? value
    : graph.node('Mul', [value, graph.scalar(factor, `${name}/coefficient`)], `${name}/scaled`);
}

function exportBody(
  graph: GraphBuilder,
  branch: Exclude<BranchSchedule, { kind: 'zero' } | { kind: 'bare' }>,
  input: ValueName,
  shape: StateShape,
  bank: Bank,
  name: string,
): ValueName {
  switch (branch.kind) {
    case 'identity':
      return input;
    case 'pool': {
      const pooled = exportPool(graph, branch, input, `${name}/${branch.pool}_pool`);
      return branch.norm ? exportNorm(graph, branch.norm, shape.channels, pooled, bank, `${name}/norm`) : pooled;
    }
    case 'factorized_reduce':
      return exportFactorizedReduce(graph, branch, input, shape, bank, `${name}/factorized_reduce`);
    case 'chain': {
      let current = { value: input, channels: shape.channels };
      for (const [i, stage] of branch.stages.entries())
        current = exportStage(graph, stage, current, bank, `${name}/stage${i}`);
      return current.value;
    }
  }
}

/** Pooling on a square window; the average leaves the padding out of its count. */
export function exportPool(
  graph: GraphBuilder,
  pool: Pick<PoolBranch, 'pool' | 'size' | 'stride' | 'padding'>,
  input: ValueName,
  name: string,
): ValueName {
  const { size, stride, padding } = pool;
  const window = {
    kernel_shape: [size, size],
    strides: [stride, stride],
    pads: [padding, padding, padding, padding],
  };
  return pool.pool === 'max'
    ? graph.node('MaxPool', [input], name, window)
    : graph.node('AveragePool', [input], name, { ...window, count_include_pad: 0 });
}
