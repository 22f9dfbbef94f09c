/**
 * Set to 1 where workers may go on from checkpoints of other arithmetic, to other bits than an
 * undisturbed run.
 */
export const acceptArithmeticVariable = 'ONESHOT_ACCEPT_OTHER_ARITHMETIC';

/**
 * How a worker goes on from a checkpoint of other arithmetic, by its environment; what it does is
 * told in its log.
 */
export function arithmeticOptions(environment: NodeJS.ProcessEnv = process.env): {
  readonly acceptOtherArithmetic: boolean;
  readonly onArithmetic: (sentence: string) => void;
} {
  return {
    acceptOtherArithmetic: environment[acceptArithmeticVariable] === '1',
    onArithmetic: (sentence) => process.stderr.write(`${sentence}\n`),
  };
}
