import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { architects } from '../architects/registry.js';
import { findMethod, methodNames } from '../methods/registry.js';
import { mutations } from '../mutations/registry.js';
import { optimizers } from '../optimizers/registry.js';
import { perturbations } from '../perturbations/registry.js';
import { regularizers } from '../regularizers/registry.js';
import { samplers } from '../samplers/registry.js';
import { schedules } from '../schedules/registry.js';
import { selectors } from '../selectors/registry.js';
import { SPACE_NAMES } from '../spaces/definition.js';
import { EDGE_OPERATIONS } from '../spaces/edge-operations.js';
import { stops } from '../stops/registry.js';
import { spacesOf } from './composition.js';
import './resolve.js';

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

const code = (names: readonly string[]): string => names.map((name) => `\`${name}\``).join(', ');

test.each([
  ['Spaces', SPACE_NAMES],
  ['Operations', EDGE_OPERATIONS],
  ['Methods', methodNames()],
  ['Samplers', samplers.names()],
  ['Mutations', mutations.names()],
  ['Perturbations', perturbations.names()],
  ['Regularizers', regularizers.names()],
  ['Architects', architects.names()],
  ['Optimizers', optimizers.names()],
  ['Learning rates', schedules.names()],
  ['Stops', stops.names()],
  ['Selectors', selectors.names()],
])('docs/spaces-and-methods.md lists every name under %s, and no other', (heading, names) => {
  expect([...table(heading).keys()].sort()).toEqual([...names].sort());
});

test('docs/spaces-and-methods.md tells what each method is composed of, and which spaces each selector is for', () => {
  const methods = [...table('Methods')].map(([name, cells]) => [name, ...cells.slice(2, 5)]);
  expect(methods.sort()).toEqual(
    methodNames()
      .flatMap((name) => {
        const profile = findMethod(name)?.profile;
        if (profile === undefined) return [];
        const mutations = code(profile.mutations.map((mutation) => mutation.name)) || 'none';
        return [[name, code([profile.sampler.name]), mutations, `${profile.epochs} × ${profile.batch}`]];
      })
      .sort(),
  );
  const rows = [...table('Selectors')].map(([name, cells]) => [name, cells[2]?.split(', ').sort()]);
  expect(rows.sort()).toEqual(
    selectors
      .names()
      .map((name) => [
        name,
        code(spacesOf(selectors.of(name)))
          .split(', ')
          .sort(),
      ])
      .sort(),
  );
});
