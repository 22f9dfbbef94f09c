import { batchVariances, type CellSchedule, read, type Tensor, updateRunning, type Variable } from '@oneshot/engine';
import type { BankId } from './parameter-table.js';

/** PyTorch's share of the newest batch in running statistics. */
const MOMENTUM = 0.1;

/** Batch statistics of one bank, to be folded into the running ones after the step. */
export interface BatchStatistics {
  readonly bank: BankId;
  /** Batch means and biased variances, laid out as the bank or the part of it that was read. */
  readonly values: Tensor;
  /** The biased variances among them, one array per norm. */
  variances(): readonly Float32Array[];
  /**
   * Moves the running statistics towards those of a batch: unbiased variance, and by default
   * momentum 0.1, as PyTorch.
   */
  fold(running: Variable, batch: number, momentum?: number): void;
}

/** The statistics of a cell's norms. */
export function cellStatistics(bank: BankId, schedule: CellSchedule, values: Tensor): BatchStatistics {
  return {
    bank,
    values,
    variances: () => batchVariances(schedule, read(values)),
    fold: (running, batch, momentum) => updateRunning(schedule, running, values, batch, momentum),
  };
}

/**
 * One statistic of a norm outside of cells. Of a norm that is narrower than the array it keeps its
 * statistics in, the first entries move.
 *
 * @param pixels values behind it per example; of a variance, to make it unbiased; null for a mean
 */
export function arrayStatistics(bank: BankId, values: Tensor, pixels: number | null): BatchStatistics {
  return {
    bank,
    values,
    variances: () => (pixels === null ? [] : [read(values)]),
    fold(running, batch, momentum = MOMENTUM) {
      const count = batch * (pixels ?? 0);
      const scale = count > 1 ? count / (count - 1) : 1;
      running.update((moved) => {
        read(values).forEach((value, index) => {
          moved[index] = (1 - momentum) * (moved[index] ?? 0) + momentum * scale * value;
        });
      });
    },
  };
}
