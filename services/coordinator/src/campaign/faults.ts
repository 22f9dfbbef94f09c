import type { FieldFault } from '@oneshot/service-kit';
import type { z } from 'zod';

type Issue = z.core.$ZodIssue;

/** `['methods', 2, 'name']` as `methods[2].name`. */
export function pathText(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, key) => {
    if (typeof key === 'number') return `${text}[${key}]`;
    return text === '' ? String(key) : `${text}.${String(key)}`;
  }, '');
}

/** A value as people read it in a message; empty when there is none. */
export function foundText(value: unknown): string {
  if (value === undefined) return '';
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}

/** One fault of the field at `path`, whose value was `value`. */
export function faultAt(path: string, value: unknown, allowed: string, message?: string): FieldFault {
  const found = foundText(value);
  return { path, found, allowed, message: message ?? `found ${found || 'nothing'}; allowed: ${allowed}` };
}

/** Every issue of a failed parse of `input`, unknown fields one by one. */
export function faultsOfIssues(
  issues: readonly Issue[],
  input: unknown,
  prefix: readonly PropertyKey[] = [],
): FieldFault[] {
  return issues.flatMap((issue) => {
    const path = [...prefix, ...issue.path];
    const value = valueAt(input, issue.path);
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => faultAt(pathText([...path, key]), valueAt(value, [key]), '', 'unknown field'));
    }
    const allowed = allowedText(issue);
    if (allowed === undefined) return [faultAt(pathText(path), value, '', issue.message)];
    return [faultAt(pathText(path), value, allowed)];
  });
}

/** What would have been accepted; undefined if only the message says it. */
function allowedText(issue: Issue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return nouns[issue.expected] ?? issue.expected;
    case 'invalid_value':
      return issue.values.map(String).join(', ');
    case 'too_small':
      return `${measured(issue.origin)} of at least ${issue.minimum}`;
    case 'too_big':
      return `${measured(issue.origin)} of at most ${issue.maximum}`;
    case 'invalid_format':
    case 'invalid_union':
      return issue.message.startsWith('allowed: ') ? issue.message.slice('allowed: '.length) : undefined;
    default:
      return undefined;
  }
}

const nouns: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
};

function measured(origin: string): string {
  if (origin === 'string') return 'a length';
  if (origin === 'array') return 'a list';
  return 'a number';
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) => (typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined),
    input,
  );
}
