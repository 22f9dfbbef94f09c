import {
  type Arithmetic,
  arithmeticText,
  currentArithmetic,
  type Precision,
  sameArithmetic,
  useArithmetic,
} from '@oneshot/engine';
import { TrainingError } from '../errors.js';

/**
 * How to go on where a checkpoint was made with other arithmetic than this process computes with.
 */
export interface ArithmeticOptions {
  /** Whether to go on all the same, to other bits than an undisturbed run. Default false. */
  readonly acceptOtherArithmetic?: boolean;
  /**
   * Told, in a sentence, where a run goes on with the arithmetic of its checkpoint, or with another
   * than it.
   */
  readonly onArithmetic?: (sentence: string) => void;
}

/**
 * Prepares for going on from a checkpoint whose epochs were computed with `before`, the latest
 * last; none is known of checkpoints of older versions. Goes over to the latest where this process
 * may. Call it before anything is made for the run.
 * @returns `before`, and what the run goes on with where that is another
 * @throws TrainingError `other_arithmetic`
 */
export async function continueArithmetic(
  before: readonly Arithmetic[],
  precision: Precision,
  { acceptOtherArithmetic = false, onArithmetic }: ArithmeticOptions,
): Promise<readonly Arithmetic[]> {
  const own = currentArithmetic(precision);
  const recorded = before.at(-1);
  if (recorded === undefined) return [own];
  if (sameArithmetic(recorded, own)) return before;
  const was = `its checkpoint was computed with ${arithmeticText(recorded)}`;
  if (acceptOtherArithmetic) {
    onArithmetic?.(`The run goes on with ${arithmeticText(own)}; ${was}.`);
    return [...before, own];
  }
  if (await useArithmetic(recorded)) {
    onArithmetic?.(`The run goes on with ${arithmeticText(recorded)}, as ${was}.`);
    return before;
  }
  throw new TrainingError('other_arithmetic', [
    {
      path: 'arithmetic',
      message:
        `found ${arithmeticText(own)}; ${was}, and bits are the same with the same arithmetic only. Go on where there is such, or ` +
        'with --accept-other-arithmetic to other bits than an undisturbed run',
    },
  ]);
}
