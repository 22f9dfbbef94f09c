import type { z } from 'zod';
import type { Fault } from './errors.js';

type Issue = z.core.$ZodIssue;

/** `['cells', 0, 'op']` as `cells[0].op`. */
export function pathText(path: readonly PropertyKey[], root = ''): string {
  let text = root;
  for (const key of path) {
    if (typeof key === 'number') text += `[${key}]`;
    else text += text === '' ? String(key) : `.${String(key)}`;
  }
  return text;
}

/** A value as people read it in a message; empty when there is none. */
export function foundText(value: unknown): string {
  if (value === undefined) return '';
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}

/** One fault of the field at `path`, whose value was `value`. */
function faultAt(path: string, value: unknown, allowed: string): Required<Fault> {
  const found = foundText(value);
  return { path, found, allowed, message: `found ${found || 'nothing'}; allowed: ${allowed}` };
}

/**
 * Every issue of a failed parse of `input` as a fault, unknown keys one by one. `root` is put
 * before each path.
 */
export function faultsOf(error: z.ZodError, input: unknown, root = ''): Required<Fault>[] {
  return error.issues.flatMap(ofFittingMember).flatMap((issue) => {
    const value = valueAt(input, issue.path);
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => ({
        path: pathText([...issue.path, key], root),
        found: foundText(valueAt(value, [key])),
        allowed: '',
        message: 'unknown field',
      }));
    }
    const path = pathText(issue.path, root);
    const allowed = allowedText(issue);
    if (allowed === undefined) return [{ path, found: foundText(value), allowed: '', message: issue.message }];
    return [faultAt(path, value, allowed)];
  });
}

/**
 * Of a union the issues of the one member that is of the value's type, if there is one: only they
 * tell what is wrong.
 */
function ofFittingMember(issue: Issue): readonly Issue[] {
  if (issue.code !== 'invalid_union') return [issue];
  const fitting = issue.errors.filter(
    (issues) => !issues.some(({ code, path }) => code === 'invalid_type' && path.length === 0),
  );
  const [only, ...others] = fitting;
  if (only === undefined || others.length > 0) return [issue];
  return only.map((inner) => ({ ...inner, path: [...issue.path, ...inner.path] })).flatMap(ofFittingMember);
}

/** What would have been accepted; undefined if only the message says it. */
function allowedText(issue: Issue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return nouns[issue.expected] ?? issue.expected;
    case 'invalid_value':
      return issue.values.map(String).join(', ');
    case 'too_small':
      return `${measured(issue.origin)} ${issue.inclusive === false ? 'above' : 'of at least'} ${issue.minimum}`;
    case 'too_big':
      return `${measured(issue.origin)} ${issue.inclusive === false ? 'below' : 'of at most'} ${issue.maximum}`;
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
  nonoptional: 'a value',
  null: 'nothing',
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
