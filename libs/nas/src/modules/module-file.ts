import { createHash } from 'node:crypto';
import { readFile, realpath } from 'node:fs/promises';
import { isAbsolute, relative, resolve, sep } from 'node:path';
import { NasError } from '../errors.js';

/** Variable that holds the folder of allowed spaces: modules elsewhere are not loaded. */
export const spaceFolderVariable = 'ONESHOT_SPACES';

/** A module's bytes and their sha256. */
export interface ModuleFile {
  readonly file: string;
  readonly bytes: Buffer;
  readonly digest: string;
}

/** Reads a module's file in the folder of allowed spaces. Throws NasError `invalid_space`. */
export async function readModuleFile(file: unknown, root: string, folder: string | undefined): Promise<ModuleFile> {
  const path = root ? `${root}.file` : 'file';
  const fault = (message: string) => new NasError('invalid_space', [{ path, message }]);
  const found = JSON.stringify(file);
  if (typeof file !== 'string') throw fault(`found ${found ?? 'nothing'}; allowed: the name of a .mjs or .js file`);
  if (/\.[cm]?ts$/.test(file)) {
    const made = file.replace(/\.[cm]?ts$/, '.mjs');
    throw fault(`found ${found}; compile it first: npx esbuild ${file} --bundle --format=esm --outfile=${made}`);
  }
  if (!/\.m?js$/.test(file)) throw fault(`found ${found}; allowed: a .mjs or .js file`);
  if (folder === undefined || folder === '') {
    throw fault(
      `found ${found}; this service loads no modules: start it with --space-dir FOLDER (${spaceFolderVariable})`,
    );
  }
  try {
    const home = await realpath(folder);
    const place = await realpath(resolve(home, file));
    const inside = relative(home, place);
    if (inside.startsWith(`..${sep}`) || isAbsolute(inside)) {
      throw fault(`found ${found}, which leads out of the folder of allowed spaces, ${home}`);
    }
    const bytes = await readFile(place);
    return { file, bytes, digest: createHash('sha256').update(bytes).digest('hex') };
  } catch (error) {
    if (error instanceof NasError) throw error;
    throw fault(`found ${found}, which cannot be read in ${folder}`);
  }
}
