// Writes, in each folder of parts that register themselves, the module that loads them all. A new part is a new file; nothing else names it.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const folders = ['operations', 'spaces'];

for (const folder of folders.map((name) => join(root, 'libs/nas/src', name))) {
  const parts = readdirSync(folder).filter(
    (file) =>
      file.endsWith('.ts') &&
      !file.endsWith('.test.ts') &&
      /^define(Operation|Space)\b/m.test(readFileSync(join(folder, file), 'utf8').replace(/^ +/gm, '')),
  );
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
