import type { z } from 'zod';
import type { Fault } from './errors.js';

/** `['cells', 0, 'op']` as `cells[0].op`. */
export function pathText(path: readonly PropertyKey[], root = ''): string {
  let text = root;
  for (const key of path) {
    if (typeof key === 'number') text += `[${key}]`;
    else text += text === '' ? String(key) : `.${String(key)}`;
  }
  return text;
}

/** Every issue of a failed parse as a fault, unknown keys one by one. `root` is put before each path. */
export function faultsOf(error: z.ZodError, root = ''): Fault[] {
  return error.issues.flatMap((issue): Fault[] => {
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => ({ path: pathText([...issue.path, key], root), message: 'unknown field' }));
    }
    return [{ path: pathText(issue.path, root), message: issue.message }];
  });
}
