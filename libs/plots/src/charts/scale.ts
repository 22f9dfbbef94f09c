/** A map of values to pixels, with round tick values inside its domain. */
export interface Scale {
  readonly ticks: readonly number[];
  /** Decimals that tell neighbouring ticks apart. */
  readonly decimals: number;
  /** A tick's value as it is written. */
  format(tick: number): string;
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
  const decimals = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  return {
    ticks,
    decimals,
    format: (tick) => tick.toFixed(decimals),
    position: (value) => range[0] + ((value - low) / (high - low)) * (range[1] - range[0]),
  };
}

/**
 * Linear, or logarithmic with ticks at 1, 2 and 5 times powers of ten as far as they have room. Values that a logarithm is not defined for make
 * the scale linear.
 */
export function scaleOf(
  kind: 'linear' | 'log',
  domain: readonly [number, number],
  range: readonly [number, number],
  about: number,
): Scale {
  if (kind === 'linear' || domain[0] <= 0) return linearScale(domain, range, about);
  const [low, high] = widened(domain).map(Math.log10) as [number, number];
  const position = (value: number) => range[0] + ((Math.log10(value) - low) / (high - low)) * (range[1] - range[0]);
  const ticksOf = (steps: readonly number[]) => {
    const ticks: number[] = [];
    for (let power = Math.floor(low); power <= high; power += 1) {
      for (const step of steps) {
        const tick = step * 10 ** power;
        if (Math.log10(tick) >= low - 1e-9 && Math.log10(tick) <= high + 1e-9) ticks.push(tick);
      }
    }
    return ticks;
  };
  const dense = ticksOf([1, 2, 5]);
  const sparse = ticksOf([1]);
  const ticks = dense.length <= about + 2 || sparse.length < 2 ? dense : sparse;
  return { ticks, decimals: 0, format: shortNumber, position };
}

/** 1200000 is `1.2M`, 0.05 is `0.05`. */
function shortNumber(value: number): string {
  for (const [unit, size] of [
    ['G', 1e9],
    ['M', 1e6],
    ['k', 1e3],
  ] as const) {
    if (value >= size) return `${Number((value / size).toPrecision(3))}${unit}`;
  }
  return String(Number(value.toPrecision(3)));
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
