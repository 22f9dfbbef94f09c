import { add, logSoftmax, mul, type RandomStream, read, softmax, type Tensor, tensor } from '@oneshot/engine';
import type { ChoiceGroup } from '../spaces/choice.js';

/** Draws that must come out finite before one gives up; each is redrawn from its own stream. */
const ATTEMPTS = 100;

/**
 * The softmax of α with Gumbel noise at a temperature τ: softmax((log softmax(α) + g) / τ),
 * `[choices, options]`, differentiable in α. A draw with infinities or NaN is redrawn (authors'
 * code of GDAS). Throws RangeError if none comes out finite.
 *
 * @param stream of one attempt
 */
export function gumbelSoftmax(
  { name, choices, options }: ChoiceGroup,
  alpha: Tensor,
  tau: number,
  stream: (attempt: number) => RandomStream,
): Tensor {
  const shape = [choices.length, options.length];
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const noise = stream(attempt).gumbel(choices.length * options.length);
    const probabilities = softmax(mul(add(logSoftmax(alpha), tensor(noise, shape)), 1 / tau));
    if (noise.every(Number.isFinite) && read(probabilities).every(Number.isFinite)) return probabilities;
  }
  throw new RangeError(
    `group ${name}: no finite draw in ${ATTEMPTS} attempts; the architecture parameters are not finite`,
  );
}
