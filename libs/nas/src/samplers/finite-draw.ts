import { add, logSoftmax, mul, type RandomStream, read, softmax, type Tensor, tensor } from '@oneshot/engine';

/** Draws that must come out finite before one gives up; each is redrawn from its own stream. */
const ATTEMPTS = 100;

/**
 * The softmax of parameters with Gumbel noise at a temperature τ: softmax((log softmax(α) + g) /
 * τ), `[rows, columns]` as the parameters, differentiable in them. A draw with infinities or NaN is
 * redrawn (authors' code of GDAS). Throws RangeError if none comes out finite.
 *
 * @param name of the parameters, for the message
 * @param stream of one attempt
 */
export function gumbelSoftmax(
  name: string,
  parameters: Tensor,
  tau: number,
  stream: (attempt: number) => RandomStream,
): Tensor {
  const { shape, size } = parameters;
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const noise = stream(attempt).gumbel(size);
    const probabilities = softmax(mul(add(logSoftmax(parameters), tensor(noise, shape)), 1 / tau));
    if (noise.every(Number.isFinite) && read(probabilities).every(Number.isFinite)) return probabilities;
  }
  throw new RangeError(
    `group ${name}: no finite draw in ${ATTEMPTS} attempts; the architecture parameters are not finite`,
  );
}
