import { invalidArgument } from '../errors.js';
import { read } from '../tensor/read.js';
import type { Tensor } from '../tensor/tensor.js';
import type { Variable } from '../variables/variable.js';
import { normPlaces } from './norms.js';
import type { CellSchedule } from './schedule.js';

/**
 * Moves the running statistics towards those of a batch, by PyTorch's rule:
 * `r ← (1 − momentum)·r + momentum·s`, the variance made unbiased (`n/(n−1)`, n = batch · height ·
 * width) first.
 * @param running `[statisticCount]`, changed
 * @param statistics what `runCell` returned in train mode
 * @param batch number of images behind the statistics
 */
export function updateRunning(
  schedule: CellSchedule,
  running: Variable,
  statistics: Tensor,
  batch: number,
  momentum = 0.1,
): void {
  if (running.value.size !== schedule.statisticCount || statistics.size !== schedule.statisticCount) {
    invalidArgument(
      'statistics',
      `expected ${schedule.statisticCount} values in both, found ${running.value.size} and ${statistics.size}`,
    );
  }
  const fresh = read(statistics);
  running.update((values) => fold(schedule, values, fresh, batch, momentum));
}

function fold(
  schedule: CellSchedule,
  values: Float32Array,
  fresh: Float32Array,
  batch: number,
  momentum: number,
): void {
  for (const { norm, channels, pixels } of normPlaces(schedule)) {
    const count = batch * pixels;
    const unbias = count > 1 ? count / (count - 1) : 1;
    for (let c = 0; c < channels; c++) {
      const mean = norm.statistics + c;
      const variance = mean + channels;
      values[mean] = (1 - momentum) * (values[mean] as number) + momentum * (fresh[mean] as number);
      values[variance] =
        (1 - momentum) * (values[variance] as number) + momentum * unbias * (fresh[variance] as number);
    }
  }
}

/** The biased variances that a cell saw, one array per norm. */
export function batchVariances(schedule: CellSchedule, statistics: Float32Array): readonly Float32Array[] {
  return normPlaces(schedule).map(({ norm, channels }) => {
    const first = norm.statistics + channels;
    return statistics.subarray(first, first + channels);
  });
}
