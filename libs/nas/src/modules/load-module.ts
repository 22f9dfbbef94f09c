import { canonicalJson } from '../canonical-json.js';
import { NasError } from '../errors.js';
import { parseSpaceDefinition } from '../spaces/definition.js';
import { registerModule } from '../spaces/registry.js';
import type { SearchSpace } from '../spaces/search-space.js';
import { checkModule } from './check-module.js';
import { moduleApi, type OwnOperations } from './module-api.js';
import { type ModuleFile, readModuleFile, spaceFolderVariable } from './module-file.js';
import { type ModuleDefinition, type ModuleSpace, moduleFault, moduleSpace, wordsOf } from './module-space.js';

const loaded = new Map<string, ModuleSpace>();
const checked = new Set<string>();

/**
 * Where a space is `{ name: module, file, options }`: loads the module into this thread, so that
 * `createSpace` knows it, and gives the definition with the file's digest. Any other space is given
 * back as it is. A definition that has a digest is held to it.
 *
 * @param folder only modules in it are loaded; default: that of ONESHOT_SPACES
 * @throws NasError `invalid_space` in one sentence: what hinders it, and paths that start with
 * `root`
 */
export async function loadSpaceModule(
  input: unknown,
  root = 'space',
  folder = process.env[spaceFolderVariable],
): Promise<unknown> {
  if (typeof input !== 'object' || input === null || !('name' in input) || input.name !== 'module') return input;
  const found = await readModuleFile('file' in input ? input.file : undefined, root, folder);
  const recorded = 'digest' in input ? input.digest : undefined;
  if (recorded !== undefined && recorded !== found.digest) {
    const message = `${found.file} has changed: found sha256 ${found.digest}; the run was made with ${String(recorded)}`;
    throw new NasError('invalid_space', [{ path: `${root}.digest`, message }]);
  }
  const definition = { ...input, digest: found.digest };
  try {
    const space = loaded.get(found.digest) ?? (await read(found));
    loaded.set(found.digest, space);
    registerModule(found.digest, space.kind);
    const filled = parseSpaceDefinition(definition) as ModuleDefinition;
    const key = canonicalJson(filled);
    if (!checked.has(key)) checkModule(space, filled);
    checked.add(key);
    return definition;
  } catch (error) {
    if (!(error instanceof NasError)) throw error;
    const faults = error.faults.map((fault) => ({ ...fault, path: fault.path.replace(/^space(?=\.|$)/, root) }));
    throw new NasError('invalid_space', faults);
  }
}

/** Runs the module from the bytes that its digest is of, and asks it for its space. */
async function read({ file, bytes, digest }: ModuleFile): Promise<ModuleSpace> {
  const exported = await defaultExport(file, bytes);
  const own: OwnOperations = new Map();
  let user: unknown;
  try {
    user = typeof exported === 'function' ? exported(moduleApi(digest.slice(0, 12), own)) : exported;
  } catch (error) {
    throw moduleFault(`${file}: its function threw: ${wordsOf(error)}`);
  }
  return moduleSpace(checkedSpace(file, user), file, digest, own);
}

async function defaultExport(file: string, bytes: Buffer): Promise<unknown> {
  let module: { readonly default?: unknown };
  try {
    // A module of bytes has no place, so it reaches no other file: what runs is what was digested.
    module = await import(/* @vite-ignore */ `data:text/javascript;base64,${bytes.toString('base64')}`);
  } catch (error) {
    const words = wordsOf(error);
    if (/data:text\/javascript|module specifier|relative URL/i.test(words)) {
      throw moduleFault(`${file}: imports other files or packages; bundle them into it (only node: modules are there)`);
    }
    throw moduleFault(`${file}: threw when it was loaded: ${words}`);
  }
  if (module.default === undefined) {
    throw moduleFault(
      `${file}: has no default export; expected: export default ({ z }) => ({ name, schema, choices, build, … })`,
    );
  }
  return module.default;
}

const needed = {
  name: 'string',
  summary: 'string',
  source: 'string',
  choices: 'function',
  build: 'function',
  images: 'function',
};

function checkedSpace(file: string, user: unknown): SearchSpace {
  if (typeof user !== 'object' || user === null) throw moduleFault(`${file}: its default export gives no space`);
  const lacking = Object.entries(needed)
    .filter(([part, type]) => typeof Reflect.get(user, part) !== type)
    .map(([part, type]) => `${part} (${type === 'string' ? 'a text' : 'a function'})`);
  const schema: unknown = Reflect.get(user, 'schema');
  if (typeof schema !== 'object' || schema === null || !('safeParse' in schema)) lacking.push('schema (made with z)');
  if (lacking.length > 0) throw moduleFault(`${file}: its space lacks ${lacking.join(', ')}`);
  const space = user as SearchSpace;
  if (!/^[a-z][a-z0-9_]*$/.test(space.name)) {
    throw moduleFault(
      `${file}: found the name ${JSON.stringify(space.name)}; allowed: lower-case letters, digits and _`,
    );
  }
  return space;
}
