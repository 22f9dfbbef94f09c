import { createSpace, parameterCount, supernet } from '@oneshot/nas';
import type { DartsBenchmark } from './darts-bench.js';

const CIFAR10 = { input: { height: 32, width: 32, channels: 3 }, outputs: 10 };

/**
 * Parameters of a benchmark's supernet on CIFAR-10, architecture parameters not counted.
 *
 * The paper says about 1 million for each variant; with the regular operations it is 0.94 million
 * for deep and 1.40 million for wide. The single cell has 0.30 million as the normal cell it is
 * here. The rule of DARTS' code, reduction cells at numbers ⌊L/3⌋ and ⌊2L/3⌋, makes the only cell
 * (number 0) a reduction cell with 52 channels; that would be about 0.96 million, so this is most
 * likely what the paper ran.
 */
export function supernetParameters(benchmark: DartsBenchmark): number {
  return parameterCount(supernet(createSpace(benchmark.space), CIFAR10).description);
}
