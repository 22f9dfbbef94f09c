import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { mutationSchema } from '../mutations/mutation.js';
import { SPACE_NAMES } from '../spaces/definition.js';
import { EDGE_OPERATIONS } from '../spaces/edge-operations.js';
import { METHOD_NAMES, METHODS, type Method } from './builtin.js';
import { createSelector, regularizerSchema, SELECTOR_NAMES, samplerSchema } from './components.js';
import { spacesOf } from './resolve.js';

const text = readFileSync(new URL('../../../../docs/spaces-and-methods.md', import.meta.url), 'utf8');

/** Rows of the table under a heading, by the name in their first cell. */
function table(heading: string): ReadonlyMap<string, readonly string[]> {
  const section = text.split(/^## /m).find((part) => part.startsWith(`${heading}\n`)) ?? '';
  const rows = [...section.matchAll(/^\| `(\w+)` .*$/gm)];
  return new Map(
    rows.map(([row, name = '']) => [
      name,
      row
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    ]),
  );
}

const namesOf = (union: { options: readonly { shape: { name: { value: string } } }[] }): readonly string[] =>
  union.options.map(({ shape }) => shape.name.value);

const code = (names: readonly string[]): string => names.map((name) => `\`${name}\``).join(', ');

test.each([
  ['Spaces', SPACE_NAMES],
  ['Operations', EDGE_OPERATIONS],
  ['Methods', METHOD_NAMES],
  ['Samplers', namesOf(samplerSchema)],
  ['Mutations', namesOf(mutationSchema)],
  ['Regularizers', namesOf(regularizerSchema)],
  ['Selectors', SELECTOR_NAMES],
])('docs/spaces-and-methods.md lists every name under %s, and no other', (heading, names) => {
  expect([...table(heading).keys()].sort()).toEqual([...names].sort());
});

test('docs/spaces-and-methods.md tells what each method is composed of, and which spaces each selector is for', () => {
  const methods = [...table('Methods')].map(([name, cells]) => [name, ...cells.slice(2, 5)]);
  expect(methods).toEqual(
    Object.entries<Method>(METHODS).map(([name, { profile }]) => [
      name,
      code([profile.sampler.name]),
      code(profile.mutations.map((mutation) => mutation.name)) || 'none',
      `${profile.epochs} × ${profile.batch}`,
    ]),
  );
  const selectors = [...table('Selectors')].map(([name, cells]) => [name, cells[2]?.split(', ').sort()]);
  expect(selectors).toEqual(
    SELECTOR_NAMES.map((name) => [
      name,
      code(spacesOf(createSelector(name)))
        .split(', ')
        .sort(),
    ]),
  );
});
