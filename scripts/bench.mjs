/**
 * `npm run bench -- NAME …`: makes the clone ready, then runs a side-by-side measurement of
 * `bench/`.
 */
import { setup } from './setup.mjs';
import { run } from './shell.mjs';

await setup();
const code = await run('tsc', ['-b', 'bench']);
process.exitCode = code === 0 ? await run(process.execPath, ['bench/dist/main.js', ...process.argv.slice(2)]) : code;
