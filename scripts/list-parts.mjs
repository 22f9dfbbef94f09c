// Writes, in each folder of parts that define themselves, the module that loads them all. A new
// part is a new file; nothing else names it.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const rooms = ['libs/nas/src', 'libs/training/src'];

/** A part is defined when its file is loaded: a call that stands by itself, maybe within a loop. */
const definition = /^ *define[A-Z]\w*\b[(<]/m;

const folders = rooms.flatMap((room) =>
  readdirSync(join(root, room), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => join(root, room, name)),
);

for (const folder of folders) {
  const parts = readdirSync(folder).filter(
    (file) =>
      file.endsWith('.ts') && !file.endsWith('.test.ts') && definition.test(readFileSync(join(folder, file), 'utf8')),
  );
  if (parts.length === 0) continue;
  const text = parts.sort().map((file) => `import './${file.replace(/\.ts$/, '.js')}';\n`);
  const file = join(folder, 'all.gen.ts');
  const content = `// Written by scripts/list-parts.mjs.\n${text.join('')}`;
  let before = '';
  try {
    before = readFileSync(file, 'utf8');
  } catch {
    // It does not exist yet.
  }
  if (before !== content) writeFileSync(file, content);
}
