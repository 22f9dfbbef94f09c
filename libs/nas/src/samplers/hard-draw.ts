import { type RandomStream, read, type Tensor } from '@oneshot/engine';
import type { Selection } from '../build/selection.js';
import type { Choice, ChoiceGroup } from '../spaces/choice.js';
import { gumbelSoftmax } from './finite-draw.js';
import { largestColumns } from './rows.js';
import { hardWeights } from './sampler.js';

/** Options drawn with Gumbel noise, and the probabilities behind the draw, `[choices, options]`. */
export interface HardDraw {
  /** softmax((log softmax(α) + g) / τ), differentiable in α. */
  readonly probabilities: Tensor;
  /** 1 for what was drawn, else 0. */
  readonly hard: Tensor;
  readonly chosen: Selection;
}

/**
 * Per choice the arg-max of α with Gumbel noise; the largest ones where a choice keeps several.
 */
export function hardDraw(
  group: ChoiceGroup,
  alpha: Tensor,
  tau: number,
  stream: (attempt: number) => RandomStream,
): HardDraw {
  const probabilities = gumbelSoftmax(group.name, alpha, tau, stream);
  const values = read(probabilities);
  const chosen = new Map(group.choices.map((choice) => [choice.id, topOptions(choice, values)] as const));
  const hard = hardWeights([group], chosen).get(group.name) ?? probabilities;
  return { probabilities, hard, chosen };
}

function topOptions({ options, row, keeps = 1 }: Choice, values: ArrayLike<number>): readonly string[] {
  const columns = options.length;
  const own = Array.from({ length: columns }, (_, column) => values[row * columns + column] ?? 0);
  return largestColumns(own, keeps).map((column) => options[column] ?? '');
}
