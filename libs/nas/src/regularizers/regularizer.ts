import { read, type Tensor, type Variable, valueAndGradients } from '@oneshot/engine';
import type { CostMeasure, LinearCost } from '../network/cost-table.js';
import type { Remembering } from '../parts/parts.js';
import type { Draw } from '../samplers/sampler.js';
import type { ChoiceGroup } from '../spaces/choice.js';

/**
 * What keeps α in bounds: weight decay of its optimizer, or a penalty added to its loss. One that
 * changes as it goes remembers it in `state`.
 */
export interface Regularizer extends Partial<Remembering> {
  /** Weight decay of the architecture optimizer. Default 0. */
  readonly weightDecay?: number;
  /** A term of α's loss. Default: none. */
  penalty?(input: PenaltyInput): Penalty;
}

/** What a penalty sees. */
export interface PenaltyInput {
  readonly groups: readonly ChoiceGroup[];
  /** α, one variable `[choices, options]` per group, named as the group. */
  readonly alpha: readonly Variable[];
  /** The draw of this step, made again from α: on the tape when called inside a loss. */
  draw(): Draw;
  /** The expected cost of architectures around what α says now. */
  cost(measure: CostMeasure): LinearCost;
}

/** A term of α's loss, with its gradients. */
export interface Penalty {
  readonly value: number;
  /** By group, in the layout of α, row-major `[choices, options]`. */
  readonly gradients: ReadonlyMap<string, Float32Array>;
}

/** A penalty whose gradients the tape finds: `term` gives one number. */
export function differentiated({ alpha }: PenaltyInput, term: () => Tensor): Penalty {
  const { loss, gradients } = valueAndGradients(term, alpha);
  const byGroup = alpha.map(({ name }, index) => {
    const gradient = gradients[index];
    const values = gradient === undefined ? new Float32Array(0) : read(gradient).slice();
    gradient?.dispose();
    return [name, values] as const;
  });
  return { value: loss, gradients: new Map(byGroup) };
}
