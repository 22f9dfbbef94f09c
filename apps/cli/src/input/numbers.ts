import { InvalidArgumentError } from 'commander';

/** A parser of option values: a whole number within bounds. */
export function wholeNumber(least: number, greatest: number = Number.MAX_SAFE_INTEGER): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= least && value <= greatest) return value;
    const bounds = greatest === Number.MAX_SAFE_INTEGER ? `of at least ${least}` : `from ${least} to ${greatest}`;
    throw new InvalidArgumentError(`Found "${text}", allowed: a whole number ${bounds}.`);
  };
}

/** Collects an option that may be given several times. */
export function repeated(value: string, earlier: readonly string[] = []): readonly string[] {
  return [...earlier, value];
}
