// Runs the engine's whole conformance suite once for each instruction set that this machine has:
// `npm run test:conformance`.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const addon = fileURLToPath(new URL('../libs/engine/native/oneshot.node', import.meta.url));
if (!existsSync(addon)) {
  console.error('The native engine is not built: npm run setup');
  process.exit(1);
}
const failed = [];
for (const simd of createRequire(import.meta.url)(addon).instructionSets()) {
  console.log(`ONESHOT_SIMD=${simd}`);
  const vitest = fileURLToPath(new URL('../node_modules/vitest/vitest.mjs', import.meta.url));
  const args = [vitest, 'run', 'libs/engine/src/conformance', 'libs/engine/src/cell'];
  const { status } = spawnSync(process.execPath, args, {
    cwd: root,
    env: { ...process.env, ONESHOT_SIMD: simd },
    stdio: 'inherit',
  });
  if (status !== 0) failed.push(simd);
}
if (failed.length > 0) console.error(`Failed with ${failed.join(', ')}.`);
process.exit(failed.length > 0 ? 1 : 0);
