import type { Run } from '@oneshot/contracts';
import { resultNumber } from './result.js';

/**
 * What the network of a training costs, in a line; none where its result does not tell, as those of
 * version 0.1.
 */
export function costLines(training: Run): string[] {
  const parameters = resultNumber(training, 'parameters');
  const multiplyAdds = resultNumber(training, 'multiplyAdds');
  if (parameters === undefined || multiplyAdds === undefined) return [];
  const digits = (count: number) => count.toLocaleString('en-US');
  return [`Network: ${digits(parameters)} parameters, ${digits(multiplyAdds)} multiply-adds per image`];
}
