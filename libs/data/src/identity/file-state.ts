import { createHash } from 'node:crypto';
import { readdirSync, realpathSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Located } from '../locate.js';

// A folder of images has its files three levels down: train/CLASS/IMAGE.
const deepest = 3;

/**
 * sha256 (hex) of the place, names, sizes and times of a data set's files: while it stays the same,
 * so do their contents.
 */
export function fileState({ directory, layout }: Located): string {
  const hash = createHash('sha256');
  const visit = (folder: string, depth: number): void => {
    for (const name of readdirSync(folder).sort()) {
      const path = join(folder, name);
      const state = statSync(path, { throwIfNoEntry: false });
      if (state === undefined) continue;
      if (!state.isDirectory()) hash.update(JSON.stringify([path, state.size, state.mtimeMs, state.ctimeMs]));
      else if (depth < deepest) visit(path, depth + 1);
    }
  };
  visit(realpathSync(directory), layout === 'folder' ? 1 : deepest);
  return hash.digest('hex');
}
