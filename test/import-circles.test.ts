import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const passed = new Set(['node_modules', 'dist', 'gen', 'target']);

function sources(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return passed.has(entry.name) ? [] : sources(path);
    return /(?<!\.test|\.d)\.ts$/.test(entry.name) ? [path] : [];
  });
}

/** Files of the same room that a file imports, types included. */
function imports(file: string): readonly string[] {
  const text = readFileSync(file, 'utf8');
  const named = [...text.matchAll(/(?:from|import)\s+'(\.[^']+)'/g)].map(([, path = '']) => path);
  return named.map((path) => resolve(dirname(file), path.replace(/\.js$/, '.ts'))).filter((path) => existsSync(path));
}

test('no file imports itself in a circle', () => {
  const files = ['libs', 'services', 'apps', 'bench', 'test'].flatMap((room) => sources(join(root, room)));
  const graph = new Map(files.map((file) => [file, imports(file)]));
  const done = new Set<string>();
  const circles: string[] = [];
  const walk = (file: string, path: readonly string[]): void => {
    const start = path.indexOf(file);
    if (start >= 0) circles.push([...path.slice(start), file].map((each) => relative(root, each)).join(' → '));
    if (start >= 0 || done.has(file)) return;
    for (const next of graph.get(file) ?? []) walk(next, [...path, file]);
    done.add(file);
  };
  for (const file of files) walk(file, []);
  expect(files.length).toBeGreaterThan(500);
  expect(circles).toEqual([]);
});
