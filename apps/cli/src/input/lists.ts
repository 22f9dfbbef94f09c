import { InvalidArgumentError } from 'commander';

/** A parser of option values: names separated by commas. */
export function names(text: string): readonly string[] {
  return text.split(',').map((name) => name.trim());
}

/** A parser of option values: numbers separated by commas. */
export function numbers(text: string): readonly number[] {
  const values = names(text).map((part) => (part === '' ? Number.NaN : Number(part)));
  if (values.every(Number.isFinite)) return values;
  throw new InvalidArgumentError(`Found "${text}", allowed: numbers separated by commas.`);
}
