import { createHash } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DataError, type DataFault, throwFaults } from '../error.js';

/** One image file with the class it belongs to. */
export interface LabelledFile {
  readonly path: string;
  readonly label: number;
}

/** The files of a folder of images, by class and part. */
export interface FolderListing {
  readonly classes: readonly string[];
  readonly train: readonly LabelledFile[];
  readonly test: readonly LabelledFile[];
  /** How the test part came about. */
  readonly split: string;
  /**
   * Files beside the images that are not read: other kinds of files, and what lies deeper than a
   * class's own directory.
   */
  readonly ignored: readonly string[];
}

const imageName = /\.(png|jpe?g|webp|gif|tiff?|avif)$/i;
/** The kinds of images that are read. */
export const imageKinds = 'PNG, JPEG, WebP, GIF, TIFF or AVIF';

/** Share of each class that becomes the test part when a folder has none. */
export const testShare = 1 / 6;

/** Whether a directory looks like a folder of images: `train/CLASS/IMAGE`, or `CLASS/IMAGE`. */
export function isImageFolder(directory: string): boolean {
  const root = existsSync(join(directory, 'train')) ? join(directory, 'train') : directory;
  return subdirectories(root).some((name) => readdirSync(join(root, name)).some((file) => imageName.test(file)));
}

/**
 * Lists a folder of images. With `train/` and `test/`, each holds one directory per class;
 * otherwise the directories of the folder itself are the classes, and the sixth of each class whose
 * names have the smallest sha256 becomes the test part: the same files on every machine, and nearly
 * the same when files are added. Classes are sorted by name.
 *
 * @param leftOut paths of images that are passed over
 */
export function listImageFolder(directory: string, leftOut: ReadonlySet<string> = new Set()): FolderListing {
  const trainRoot = join(directory, 'train');
  return existsSync(trainRoot) ? listGiven(directory, trainRoot, leftOut) : listSplit(directory, leftOut);
}

function listGiven(directory: string, trainRoot: string, leftOut: ReadonlySet<string>): FolderListing {
  const testRoot = join(directory, 'test');
  if (!existsSync(testRoot)) {
    throw new DataError({
      code: 'not_found',
      field: testRoot,
      found: 'no such directory, though train/ exists',
      allowed: 'train/CLASS and test/CLASS, or CLASS directories alone (a sixth is then set apart for testing)',
    });
  }
  const classes = classNames(trainRoot);
  const foreign = subdirectories(testRoot).filter((name) => !classes.includes(name));
  const faults: DataFault[] = foreign.map((name) => ({
    code: 'label_out_of_range',
    field: join(testRoot, name),
    found: `class "${name}", which train/ does not have`,
    allowed: classes.join(', '),
  }));
  const ignored: string[] = [];
  const collect = (root: string): LabelledFile[] =>
    classes.flatMap((name, label) => {
      const { files, others } = filesOf(join(root, name), leftOut);
      ignored.push(...others.map((file) => join(root, name, file)));
      if (files.length === 0) faults.push(emptyClass(join(root, name), 1));
      return files.map((file) => ({ path: join(root, name, file), label }));
    });
  const listing = {
    classes,
    train: collect(trainRoot),
    test: collect(testRoot),
    split: 'train/ and test/ as given',
    ignored,
  };
  throwFaults(faults);
  return listing;
}

function listSplit(directory: string, leftOut: ReadonlySet<string>): FolderListing {
  const classes = classNames(directory);
  const faults: DataFault[] = [];
  const train: LabelledFile[] = [];
  const test: LabelledFile[] = [];
  const ignored: string[] = [];
  for (const [label, name] of classes.entries()) {
    const { files, others } = filesOf(join(directory, name), leftOut);
    ignored.push(...others.map((file) => join(directory, name, file)));
    if (files.length < 2) faults.push(emptyClass(join(directory, name), 2));
    const chosen = new Set(smallestHashes(files, name, Math.max(1, Math.round(files.length * testShare))));
    for (const file of files) (chosen.has(file) ? test : train).push({ path: join(directory, name, file), label });
  }
  throwFaults(faults);
  return {
    classes,
    train,
    test,
    split: 'no test/ given: the sixth of each class with the smallest sha256 of CLASS/FILE',
    ignored,
  };
}

function smallestHashes(files: readonly string[], name: string, count: number): string[] {
  const hashed = files.map((file) => ({ file, hash: createHash('sha256').update(`${name}/${file}`).digest('hex') }));
  return hashed
    .sort((a, b) => (a.hash < b.hash ? -1 : 1))
    .slice(0, count)
    .map(({ file }) => file);
}

function emptyClass(path: string, needed: number): DataFault {
  return {
    code: 'empty_class',
    field: path,
    found: needed === 1 ? 'no image' : 'fewer than two images',
    allowed: `at least ${needed === 1 ? 'one' : 'two'} of ${imageKinds}`,
  };
}

function classNames(root: string): string[] {
  const names = subdirectories(root);
  if (names.length >= 2) return names;
  throw new DataError({
    code: 'not_found',
    field: root,
    found: `${names.length} class director${names.length === 1 ? 'y' : 'ies'}`,
    allowed: 'at least two, one per class',
  });
}

/** Directories by name, in code-unit order: the same on every machine whatever its locale. */
function subdirectories(root: string): string[] {
  return readdirSync(root, { withFileTypes: true })
    .filter((entry) => (entry.isDirectory() || entry.isSymbolicLink()) && !entry.name.startsWith('.'))
    .map((entry) => entry.name)
    .sort();
}

/** A directory's images, and whatever else lies there; hidden files are passed over. */
function filesOf(
  directory: string,
  leftOut: ReadonlySet<string>,
): { readonly files: readonly string[]; readonly others: readonly string[] } {
  if (!existsSync(directory)) return { files: [], others: [] };
  const entries = readdirSync(directory, { withFileTypes: true })
    .filter(({ name }) => !name.startsWith('.'))
    .map((entry) => ({ name: entry.name, image: imageName.test(entry.name) && !entry.isDirectory() }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  return {
    files: entries.filter(({ name, image }) => image && !leftOut.has(join(directory, name))).map(({ name }) => name),
    others: entries.filter(({ image }) => !image).map(({ name }) => name),
  };
}
