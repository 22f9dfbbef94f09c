/**
 * Bytes that a cell takes besides its tensors. A network of cells peaks at the sum of all
 * `keptBytes` and the largest `forwardBytes` or `backwardBytes`: cells run one after the other and
 * share one scratch buffer.
 */
export interface CellMemory {
  /** From the forward to the end of the backward pass. */
  readonly keptBytes: number;
  /** Besides, while the cell runs forward. */
  readonly forwardBytes: number;
  /** Besides, while it runs backward. */
  readonly backwardBytes: number;
}
