import { invalidArgument } from '../errors.js';
import type { DropoutMaskAttributes } from '../kernels/attributes.js';
import { Kernel } from '../kernels/names.js';
import { runKernel } from '../kernels/run.js';
import type { RandomStream } from '../random/stream.js';
import { withoutRecording } from '../tape/recording.js';
import type { Tensor } from '../tensor/tensor.js';
import { mul } from './elementwise.js';

/**
 * A mask for `dropout`: 0 with probability `rate`, else `1/(1 − rate)`. The numbers are those of
 * `stream.uniform`, the same on every backend; use one stream or counter per mask.
 * @param rate in `[0, 1)`
 */
export function dropoutMask(stream: RandomStream, shape: readonly number[], rate: number): Tensor {
  if (!(rate >= 0 && rate < 1)) invalidArgument('rate', `expected a number in [0, 1), found ${rate}`);
  const attributes: DropoutMaskAttributes = { ...stream.address(), rate, shape: [...shape] };
  return withoutRecording(() => runKernel(Kernel.dropoutMask, {}, attributes));
}

/**
 * Every value times its entry of a mask (Srivastava et al. 2014); a mask of fewer axes or of length
 * 1 along some is broadcast.
 */
export const dropout = (x: Tensor, mask: Tensor): Tensor => mul(x, mask);
