/** A linear map of values to pixels, with round tick values inside its domain. */
export interface Scale {
  readonly ticks: readonly number[];
  /** Decimals that tell neighbouring ticks apart. */
  readonly decimals: number;
  position(value: number): number;
}

/**
 * @param domain the least and the greatest value; equal ones are widened.
 * @param range pixels of the two ends; may run backwards.
 * @param about roughly how many ticks.
 */
export function linearScale(domain: readonly [number, number], range: readonly [number, number], about: number): Scale {
  const [low, high] = widened(domain);
  const step = roundStep((high - low) / Math.max(1, about));
  const ticks: number[] = [];
  for (let index = Math.ceil(low / step - 1e-9); index * step <= high + step * 1e-9; index += 1)
    ticks.push(index * step);
  return {
    ticks,
    decimals: Math.max(0, -Math.floor(Math.log10(step) + 1e-9)),
    position: (value) => range[0] + ((value - low) / (high - low)) * (range[1] - range[0]),
  };
}

/** Least and greatest of the finite values; `undefined` if there is none. */
export function extent(values: readonly number[]): [number, number] | undefined {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return low <= high ? [low, high] : undefined;
}

function widened([low, high]: readonly [number, number]): [number, number] {
  if (high > low) return [low, high];
  const by = Math.abs(low) > 0 ? Math.abs(low) * 0.1 : 0.5;
  return [low - by, high + by];
}

/** 1, 2 or 5 times a power of ten, the nearest above. */
function roundStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough));
  const ratio = rough / power;
  const factor = ratio <= 1 ? 1 : ratio <= 2 ? 2 : ratio <= 5 ? 5 : 10;
  return factor * power;
}
