import { InvalidArgumentError } from 'commander';

/** A parser of option values: names separated by commas. */
export function names(text: string): readonly string[] {
  return text.split(',').map((name) => name.trim());
}

/**
 * A parser of option values: different names separated by commas, or a JSON list where names
 * themselves hold commas.
 */
export function nameList(text: string): readonly string[] {
  const list = text.trimStart().startsWith('[') ? jsonList(text) : names(text);
  if (list?.every((name) => name !== '')) return list;
  throw new InvalidArgumentError(
    `Found "${text}", allowed: names separated by commas, such as cat,dog, or a JSON list, such as '["cat, big","dog"]'.`,
  );
}

function jsonList(text: string): readonly string[] | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) && value.every((name) => typeof name === 'string') ? value : undefined;
  } catch {
    return undefined;
  }
}

/** A parser of option values: numbers separated by commas. */
export function numbers(text: string): readonly number[] {
  const values = names(text).map((part) => (part === '' ? Number.NaN : Number(part)));
  if (values.every(Number.isFinite)) return values;
  throw new InvalidArgumentError(`Found "${text}", allowed: numbers separated by commas.`);
}
