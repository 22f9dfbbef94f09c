/** A map of values to pixels, with round tick values inside its domain. */
export interface Scale {
  /** At least three. */
  readonly ticks: readonly number[];
  /** A tick's value as it is written: with the digits that tell neighbouring ticks apart. */
  format(tick: number): string;
  position(value: number): number;
}

const fewestTicks = 3;

/**
 * @param domain the least and the greatest value; equal ones are widened.
 * @param range pixels of the two ends; may run backwards.
 * @param about roughly how many ticks; there are never fewer than three.
 */
export function linearScale(domain: readonly [number, number], range: readonly [number, number], about: number): Scale {
  const [low, high] = widened(domain);
  let step = roundStep((high - low) / Math.max(1, about));
  let ticks = multiplesWithin(low, high, step);
  while (ticks.length < fewestTicks) {
    step = finerStep(step);
    ticks = multiplesWithin(low, high, step);
  }
  return {
    ticks,
    format: tickFormat(ticks, step),
    position: (value) => range[0] + ((value - low) / (high - low)) * (range[1] - range[0]),
  };
}

/**
 * Linear, or logarithmic with ticks at powers of ten, at 1, 2 and 5 times them or at all of 1 to 9
 * times them, as far as they have room. Values that a logarithm is not defined for make the scale
 * linear.
 */
export function scaleOf(
  kind: 'linear' | 'log',
  domain: readonly [number, number],
  range: readonly [number, number],
  about: number,
): Scale {
  if (kind === 'linear' || domain[0] <= 0) return linearScale(domain, range, about);
  const [least, greatest] = widened(domain);
  const [low, high] = [Math.log10(least), Math.log10(greatest)];
  const position = (value: number) => range[0] + ((Math.log10(value) - low) / (high - low)) * (range[1] - range[0]);
  const ticksOf = (steps: readonly number[]) => {
    const ticks: number[] = [];
    for (let power = Math.floor(low); power <= high; power += 1) {
      for (const step of steps) {
        const tick = Number(`${step}e${power}`);
        if (Math.log10(tick) >= low - 1e-9 && Math.log10(tick) <= high + 1e-9) ticks.push(tick);
      }
    }
    return ticks;
  };
  const most = about + 2;
  const powers = ticksOf([1]);
  const stride = Math.ceil(powers.length / most);
  const ticks = [
    ticksOf([1, 2, 5]),
    powers.filter((_, at) => at % stride === 0),
    ticksOf([1, 2, 3, 4, 5, 6, 7, 8, 9]),
  ].find(({ length }) => length >= fewestTicks && length <= most);
  if (ticks !== undefined) return { ticks, format: shortNumber, position };
  // Within less than a power of ten a linear scale's ticks tell more.
  const { ticks: even, format } = linearScale([least, greatest], range, about);
  return { ticks: even, format, position };
}

function multiplesWithin(low: number, high: number, step: number): number[] {
  const ticks: number[] = [];
  for (let index = Math.ceil(low / step - 1e-9); index * step <= high + step * 1e-9; index += 1)
    ticks.push(index * step);
  return ticks;
}

const units = [
  ['G', 1e9],
  ['M', 1e6],
  ['k', 1e3],
] as const;

/** Numbers of one unit and with the same decimals: 0.05, 0.10; 10k, 12k; 1.00M, 1.25M. */
function tickFormat(ticks: readonly number[], step: number): (tick: number) => string {
  const largest = Math.max(...ticks.map(Math.abs));
  if (largest >= 1e13 || largest < 1e-4) {
    const power = Math.floor(Math.log10(largest) + 1e-9);
    const digits = decimalsOf(step / 10 ** power);
    return (tick) => (tick === 0 ? '0' : tick.toExponential(digits));
  }
  const [unit, size] = largest >= 1e4 ? (units.find(([, from]) => largest >= from) ?? ['', 1]) : ['', 1];
  const decimals = decimalsOf(step / size);
  return (tick) => `${(tick / size).toFixed(decimals)}${tick === 0 ? '' : unit}`;
}

/** How many decimals a number has. */
function decimalsOf(step: number): number {
  let decimals = 0;
  for (let scaled = step; decimals < 15 && Math.abs(scaled - Math.round(scaled)) > 1e-6 * scaled; scaled *= 10)
    decimals += 1;
  return decimals;
}

/** 1200000 is `1.2M`, 0.05 is `0.05`, 1e-7 is `1e-7`. */
function shortNumber(value: number): string {
  if (value >= 1e13 || value < 1e-4) return value.toExponential().replace('e+', 'e');
  for (const [unit, size] of units) {
    if (value >= size) return `${Number((value / size).toPrecision(3))}${unit}`;
  }
  return String(Number(value.toPrecision(3)));
}

/** Least and greatest of the finite values; `undefined` if there is none. */
export function extent(values: Iterable<number>): [number, number] | undefined {
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
  // Closer than this, ticks between them are not told apart by the numbers that there are.
  if (high - low > 1e-12 * Math.max(Math.abs(low), Math.abs(high))) return [low, high];
  const by = Math.abs(low) > 0 ? Math.abs(low) * 0.1 : 0.5;
  return [low - by, high + by];
}

/** 1, 2 or 5 times a power of ten, the nearest above. */
function roundStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough));
  return ([1, 2, 5].find((factor) => rough / power <= factor + 1e-9) ?? 10) * power;
}

/**
 * The next smaller of 1, 2, 2.5, 4 and 5 times a power of ten: less round ones are taken only where
 * the rounder ones give too few ticks.
 */
function finerStep(step: number): number {
  const power = 10 ** Math.floor(Math.log10(step) + 1e-9);
  const factor = step / power;
  return ([5, 4, 2.5, 2, 1].find((each) => each < factor - 1e-6) ?? 0.5) * power;
}
