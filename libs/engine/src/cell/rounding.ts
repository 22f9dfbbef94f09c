import { roundBf16, roundGradientBf16 } from '../ops/round-bf16.js';
import type { Tensor } from '../tensor/tensor.js';
import type { Precision } from './precision.js';

/** Where a cell of some precision rounds. */
export interface Rounding {
  /** An output of an operation before its norm, or a node. */
  kept(x: Tensor): Tensor;
  /** An operand of a dense product. */
  operand(x: Tensor): Tensor;
  /** A dense product, whose gradient is an operand of the products behind it. */
  product(x: Tensor): Tensor;
}

const same = (x: Tensor): Tensor => x;

/** How each precision rounds. */
export const roundings: Readonly<Record<Precision, Rounding>> = {
  float32: { kept: same, operand: same, product: same },
  bf16: { kept: roundBf16, operand: roundBf16, product: roundGradientBf16 },
};
