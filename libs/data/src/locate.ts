import { statSync } from 'node:fs';
import { delimiter, isAbsolute, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type CatalogueEntry, catalogue, catalogueEntry, type DatasetLayout } from './catalogue.js';
import { isCifarFolder } from './cifar/read-cifar.js';
import { DataError, type DataFault, isSystemError } from './error.js';
import { isImageFolder } from './folder/list-images.js';
import { isIdxFolder } from './idx/read-idx-folder.js';

type Environment = Readonly<Record<string, string | undefined>>;

/** Where to look for data sets. */
export interface LocateOptions {
  /**
   * Directories that hold data sets as sub-directories, or are one; looked into first, in order.
   */
  readonly dir?: string | readonly string[];
  /** Default: the process's environment; `ONESHOT_DATA` is a path list like `dir`. */
  readonly environment?: Environment;
  /**
   * Whether a data set may also be named by the path of its directory. Without it a name leads to
   * nothing outside the data directories, and no message tells where these are: for names that come
   * from other machines. Default: true.
   */
  readonly paths?: boolean;
}

/** A data set found on this machine. */
export interface Located {
  readonly name: string;
  readonly layout: DatasetLayout;
  readonly directory: string;
}

// src/ and dist/ lie equally deep, so the same path serves both.
const bundled = fileURLToPath(new URL('../../../examples/data', import.meta.url));
const system = '/usr/share/datasets';

/**
 * Finds a data set by name, or by the path of its directory. Looked into, in order: `dir`,
 * `ONESHOT_DATA`, the user's own data directory, /usr/share/datasets, the samples that travel with
 * oneshot. No data set ever stands in for another.
 */
export function locateDataset(name: string, options: LocateOptions = {}): Located {
  const shown = options.paths === false ? nameOnly : wherever;
  const fault = nameFault(name, options);
  if (fault) throw new DataError(fault);
  if (isAbsolute(name) || name.startsWith('.')) return locateDirectory(name);
  const entry = catalogueEntry(name);
  const named = namedDirectories(options);
  for (const parent of named) {
    const directory = join(parent, name);
    const layout = layoutOf(directory, shown(directory, name), entry?.layout);
    if (layout) return { name, layout, directory };
    if (isDirectory(directory)) throw new DataError(notADataset(directory, shown(directory, name)));
  }
  const itself = entry?.origin ? named : [];
  const own = userDataDirectory(options.environment);
  const places = [...(own === undefined ? [] : [own]), system, bundled];
  for (const directory of [...itself, ...places.map((place) => join(place, name))]) {
    const layout = layoutOf(directory, shown(directory, name), entry?.layout);
    if (layout) return { name, layout, directory };
  }
  if (options.paths !== false && !entry && isDirectory(name)) return locateDirectory(name);
  const looked = options.paths === false ? [] : [...named, ...places.slice(0, -1)];
  throw new DataError(entry ? notHere(entry, looked) : unknown(name, options, named));
}

/** How messages call a directory: by its path, or by the name that led to it. */
const wherever = (directory: string): string => directory;
const nameOnly = (_: string, name: string): string => name;

// The longest path that Linux takes.
const longestName = 4096;

/** Why no directory can be called that, if none can. */
function nameFault(name: string, options: LocateOptions): DataFault | undefined {
  const refuse = (found: string, allowed: string): DataFault => ({
    code: 'invalid_argument',
    field: name.length > 100 ? `${name.slice(0, 100)}…` : name,
    found,
    allowed,
  });
  if (name === '') return unknown(name, options, []);
  if (name.length > longestName) return refuse(`${name.length} characters`, `at most ${longestName}`);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for.
  if (/[\u0000-\u001f\u007f]/.test(name)) return refuse('a control character', 'the name of a data set');
  if (options.paths !== false) return undefined;
  const inside = !isAbsolute(name) && name.split(/[/\\]/).every((part) => part !== '' && !part.startsWith('.'));
  return inside
    ? undefined
    : refuse('a path', 'the name of a data set in a data directory of the service (--data-dir)');
}

/**
 * The directories a user named: `dir`, then `ONESHOT_DATA`; refuses a `dir` that does not exist.
 */
export function namedDirectories(options: LocateOptions): string[] {
  const given = typeof options.dir === 'string' ? [options.dir] : (options.dir ?? []);
  const missing = given.find((directory) => !isDirectory(directory));
  if (missing !== undefined) {
    throw new DataError({
      code: 'not_found',
      field: missing,
      found: 'no such directory',
      allowed: 'a directory that holds data sets, or is one',
    });
  }
  const environment = (options.environment ?? process.env).ONESHOT_DATA ?? '';
  return [...given, ...environment.split(delimiter).filter((directory) => directory !== '')];
}

/**
 * Every directory in which a user may have put data of other kinds: those named, then the user's
 * own data directory.
 */
export function dataDirectories(options: LocateOptions = {}): readonly string[] {
  const own = userDataDirectory(options.environment);
  return [...namedDirectories(options), ...(own === undefined ? [] : [own])];
}

/**
 * Where fetched data sets go unless another place is named: `oneshot/data` below `XDG_DATA_HOME`,
 * by default `~/.local/share`. Undefined when the environment knows no home.
 */
export function userDataDirectory(environment: Environment = process.env): string | undefined {
  const home = environment.HOME ?? environment.USERPROFILE;
  const base = environment.XDG_DATA_HOME ?? (home === undefined ? undefined : join(home, '.local', 'share'));
  return base === undefined ? undefined : join(base, 'oneshot', 'data');
}

function locateDirectory(path: string): Located {
  const directory = resolve(path);
  const layout = layoutOf(directory, path);
  if (layout) return { name: path, layout, directory };
  throw new DataError(notADataset(directory, path));
}

/**
 * The layout of a directory; with `wanted`, only that one counts. Undefined when it holds no data
 * set; DataError, under the name `shown`, when it cannot be read.
 */
function layoutOf(directory: string, shown: string, wanted?: DatasetLayout): DatasetLayout | undefined {
  if (!isDirectory(directory)) return undefined;
  const layouts: readonly [DatasetLayout, (directory: string) => boolean][] = [
    ['idx', isIdxFolder],
    ['cifar10', isCifarFolder],
    ['folder', isImageFolder],
  ];
  try {
    return layouts.find(([layout, holds]) => (wanted ?? layout) === layout && holds(directory))?.[0];
  } catch (error) {
    if (!isSystemError(error)) throw error;
    throw new DataError({
      code: 'not_readable',
      field: shown,
      found: `a directory that cannot be read (${error.code})`,
      allowed: 'a directory that the user of this process may read',
    });
  }
}

/**
 * Whether a directory is there; one that cannot be looked at, such as below a file or a directory
 * of someone else, is not.
 */
function isDirectory(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
  } catch (error) {
    if (isSystemError(error)) return false;
    throw error;
  }
}

function notADataset(directory: string, shown: string): DataFault {
  return {
    code: 'wrong_format',
    field: shown,
    found: isDirectory(directory) ? 'a directory without a data set' : 'no such directory',
    allowed: 'one directory of images per class (in train/ and test/, or alone), IDX files, or CIFAR-10 .bin files',
  };
}

function notHere({ name, origin, sample }: CatalogueEntry, places: readonly string[]): DataFault {
  const ways = [
    'its files in a data directory (--data-dir, ONESHOT_DATA)',
    ...(origin === undefined ? [] : [`"oneshot data get ${name}" fetches them`]),
    ...(sample === undefined ? [] : [`${sample}, a part of it, is here`]),
  ];
  return {
    code: 'not_found',
    field: name,
    found: places.length > 0 ? `nothing in ${places.map((place) => join(place, name)).join(', ')}` : 'nothing',
    allowed: ways.join('; '),
  };
}

function unknown(name: string, { paths }: LocateOptions, named: readonly string[]): DataFault {
  const elsewhere = named.length > 0 ? named.join(', ') : 'a data directory (--data-dir, ONESHOT_DATA)';
  const known = catalogue.map((entry) => entry.name).join(', ');
  return {
    code: 'unknown_dataset',
    field: name,
    found: 'no data set of that name',
    allowed:
      paths === false
        ? `${known}, or a directory's name in a data directory of the service (--data-dir)`
        : `${known}, the path of a directory, or a directory's name in ${elsewhere}`,
  };
}
