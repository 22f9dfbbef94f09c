/**
 * What a cell keeps for its backward pass in, and what its dense products (full and 1×1
 * convolutions) take their operands in. `float32`: nothing is rounded. `bf16`: outputs of
 * operations before their norms, nodes, and both operands of dense products, forward and backward,
 * are rounded to bfloat16 (8 bits of precision; to nearest, of two the even one); sums are float32,
 * and so is everything else. A norm's statistics are those of the rounded values; gradients pass
 * roundings unchanged.
 */
export type Precision = 'float32' | 'bf16';
