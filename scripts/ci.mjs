/**
 * Everything that must hold before a change lands; the last line sums all runners, a failed check
 * counting as one.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { available, root, run } from './shell.mjs';

let { passed, failed } = { passed: 0, failed: 0 };

/**
 * Tracked files that were changed, and files that are neither tracked nor ignored; undefined
 * outside a git checkout.
 */
function changes() {
  const git = (...args) => spawnSync('git', args, { cwd: root, encoding: 'utf8' });
  const { status, stdout } = git('status', '--porcelain');
  return status === 0 ? stdout + git('diff', 'HEAD').stdout : undefined;
}

async function check(title, command, args) {
  const started = Date.now();
  const code = await run(command, args, { quiet: true });
  console.log(`${code === 0 ? 'ok    ' : 'FAILED'} ${title} (${((Date.now() - started) / 1000).toFixed(0)} s)`);
  if (code === 0) passed += 1;
  else failed += 1;
}

const changesBefore = changes();
const testCode = await run('npm', ['test']);
try {
  const counts = JSON.parse(readFileSync(join(root, '.cache', 'test-counts.json'), 'utf8'));
  passed += counts.passed;
  failed += counts.failed;
} catch {
  failed += 1;
}
if (testCode !== 0 && failed === 0) failed += 1;

await check('lint and format', 'biome', ['check', '--error-on-warnings', '.']);
await check('width of comments', 'node', ['scripts/comment-width.mjs']);
await check('types', 'tsc', ['-b']);
await check('types of tests and scripts', 'tsc', ['-p', 'tsconfig.tests.json']);
await check('buf lint', 'buf', ['lint']);
await check('buf breaking', 'buf', ['breaking', '--against', 'proto/released.binpb']);
if (available('cargo')) {
  const manifest = ['--manifest-path', 'libs/engine/native/Cargo.toml'];
  await check('cargo fmt', 'cargo', ['fmt', ...manifest, '--check']);
  await check('cargo clippy', 'cargo', ['clippy', '--release', '--all-targets', ...manifest, '--', '-D', 'warnings']);
}
const changesAfter = changes();
if (changesAfter === changesBefore) {
  console.log('ok     set-up and tests leave the tree as it was');
  passed += 1;
} else {
  console.log(`FAILED set-up and tests leave the tree as it was\n${changesAfter}`);
  failed += 1;
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
