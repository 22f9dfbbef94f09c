#!/usr/bin/env node
import { existsSync } from 'node:fs';
import module from 'node:module';

// From Node 22 on, compiled code is kept between runs.
module.enableCompileCache?.();

if (!existsSync(new URL('../dist/main.js', import.meta.url))) {
  process.stderr.write('oneshot is not compiled yet: run `npm run setup` in its folder first.\n');
  process.exit(2);
}
const { main } = await import('../dist/main.js');
await main(process.argv.slice(2));
