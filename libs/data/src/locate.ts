import { statSync } from 'node:fs';
import { delimiter, isAbsolute, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { catalogue, catalogueEntry, type DatasetLayout } from './catalogue.js';
import { isCifarFolder } from './cifar/read-cifar.js';
import { DataError, type DataFault } from './error.js';
import { isImageFolder } from './folder/list-images.js';
import { isIdxFolder } from './idx/read-idx-folder.js';

type Environment = Readonly<Record<string, string | undefined>>;

/** Where to look for data sets. */
export interface LocateOptions {
  /** Directories that hold data sets as sub-directories, or are one; looked into first, in order. */
  readonly dir?: string | readonly string[];
  /** Default: the process's environment; `ONESHOT_DATA` is a path list like `dir`. */
  readonly environment?: Environment;
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
const sample = 'fashion-mnist-sample';

/**
 * Finds a data set by name, or by the path of its directory. Looked into, in order: `dir`, `ONESHOT_DATA`, the user's own data
 * directory, /usr/share/datasets, the samples that travel with oneshot; `fashion-mnist` falls back to its sample.
 */
export function locateDataset(name: string, options: LocateOptions = {}): Located {
  if (isAbsolute(name) || name.startsWith('.')) return locateDirectory(name);
  const entry = catalogueEntry(name);
  const named = namedDirectories(options);
  if (name === '') throw new DataError(unknown(name, named));
  for (const parent of named) {
    const directory = join(parent, name);
    const layout = layoutOf(directory, entry?.layout);
    if (layout) return { name, layout, directory };
    if (isDirectory(directory)) throw new DataError(notADataset(directory));
  }
  const itself = entry?.origin ? named : [];
  const own = userDataDirectory(options.environment);
  const places = [...(own === undefined ? [] : [own]), system, bundled];
  for (const directory of [...itself, ...places.map((place) => join(place, name))]) {
    const layout = layoutOf(directory, entry?.layout);
    if (layout) return { name, layout, directory };
  }
  if (name === 'fashion-mnist') return locateDataset(sample, options);
  if (!entry && isDirectory(name)) return locateDirectory(name);
  throw new DataError(entry ? notHere(name, [...named, ...places.slice(0, -1)]) : unknown(name, named));
}

/** The directories a user named: `dir`, then `ONESHOT_DATA`; refuses a `dir` that does not exist. */
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

/** Every directory in which a user may have put data of other kinds: those named, then the user's own data directory. */
export function dataDirectories(options: LocateOptions = {}): readonly string[] {
  const own = userDataDirectory(options.environment);
  return [...namedDirectories(options), ...(own === undefined ? [] : [own])];
}

/**
 * Where fetched data sets go unless another place is named: `oneshot/data` below `XDG_DATA_HOME`, by default `~/.local/share`. Undefined
 * when the environment knows no home.
 */
export function userDataDirectory(environment: Environment = process.env): string | undefined {
  const home = environment.HOME ?? environment.USERPROFILE;
  const base = environment.XDG_DATA_HOME ?? (home === undefined ? undefined : join(home, '.local', 'share'));
  return base === undefined ? undefined : join(base, 'oneshot', 'data');
}

function locateDirectory(path: string): Located {
  const directory = resolve(path);
  const layout = layoutOf(directory);
  if (layout) return { name: path, layout, directory };
  throw new DataError(notADataset(path));
}

/** The layout of a directory; with `wanted`, only that one counts. Undefined when it holds no data set. */
function layoutOf(directory: string, wanted?: DatasetLayout): DatasetLayout | undefined {
  if (!isDirectory(directory)) return undefined;
  const layouts: readonly [DatasetLayout, (directory: string) => boolean][] = [
    ['idx', isIdxFolder],
    ['cifar10', isCifarFolder],
    ['folder', isImageFolder],
  ];
  return layouts.find(([layout, holds]) => (wanted ?? layout) === layout && holds(directory))?.[0];
}

function isDirectory(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

function notADataset(path: string): DataFault {
  return {
    code: 'wrong_format',
    field: path,
    found: isDirectory(path) ? 'a directory without a data set' : 'no such directory',
    allowed: 'one directory of images per class (in train/ and test/, or alone), IDX files, or CIFAR-10 .bin files',
  };
}

function notHere(name: string, places: readonly string[]): DataFault {
  return {
    code: 'not_found',
    field: name,
    found: `nothing in ${places.map((place) => join(place, name)).join(', ')}`,
    allowed: `its files in a data directory (--data-dir, ONESHOT_DATA); "oneshot data get ${name}" fetches them`,
  };
}

function unknown(name: string, named: readonly string[]): DataFault {
  return {
    code: 'unknown_dataset',
    field: name,
    found: 'no data set of that name',
    allowed: `${catalogue.map((entry) => entry.name).join(', ')}, the path of a directory, or a directory's name in ${
      named.length > 0 ? named.join(', ') : 'a data directory (--data-dir, ONESHOT_DATA)'
    }`,
  };
}
