import type { CellSchedule, StateShape } from '@oneshot/engine';
import { AUXILIARY } from '../build/auxiliary.js';
import { Bank } from '../build/bank.js';

/**
 * Affine norm, then ReLU if asked for: the classifier's norm of NAS-Bench-201 and of the auxiliary
 * head.
 */
export function normSchedule(shape: StateShape, relu: boolean): CellSchedule {
  const bank = new Bank();
  const norm = { relu: false, norm: bank.norm(shape.channels, true) };
  return chain(shape, relu ? [norm, { relu: true }] : [norm], bank);
}

/** First convolution of the auxiliary head: 1×1, affine norm, ReLU. */
export function narrowSchedule(shape: StateShape): CellSchedule {
  const bank = new Bank();
  const weights = bank.weights(shape.channels * AUXILIARY.narrow);
  const convolution = { size: 1, stride: 1, channels: AUXILIARY.narrow, weights } as const;
  const stage = { relu: false, convolution, norm: bank.norm(AUXILIARY.narrow, true) };
  return chain(shape, [stage, { relu: true }], bank);
}

type Stages = Extract<CellSchedule['nodes'][number]['edges'][number]['branches'][number], { kind: 'chain' }>['stages'];

function chain(shape: StateShape, stages: Stages, bank: Bank): CellSchedule {
  return {
    inputs: [shape],
    nodes: [{ edges: [{ from: 0, branches: [{ kind: 'chain', stages, mix: null }] }] }],
    output: [1],
    weightCount: bank.weightCount,
    statisticCount: bank.statisticCount,
    mixCount: 0,
  };
}
