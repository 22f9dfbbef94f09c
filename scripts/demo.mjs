/**
 * `npm run demo`: makes the clone ready, then runs the example campaign. Arguments are handed to
 * `oneshot run`.
 */
import { setup } from './setup.mjs';
import { run } from './shell.mjs';

await setup();
process.exitCode = await run('node', [
  'apps/cli/bin/oneshot.mjs',
  'run',
  'examples/fashion.yaml',
  ...process.argv.slice(2),
]);
