/**
 * `npm test`: makes the clone ready, then runs every test runner. Arguments are handed to vitest.
 * Writes the counts to `.cache/test-counts.json`; exits non-zero if any test failed.
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setup } from './setup.mjs';
import { available, root, run } from './shell.mjs';

const cache = join(root, '.cache');
mkdirSync(cache, { recursive: true });
const report = join(cache, 'vitest.json');
const counts = join(cache, 'test-counts.json');
for (const file of [report, counts]) rmSync(file, { force: true });

async function vitest(args) {
  const code = await run('vitest', [
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
    ...args,
  ]);
  try {
    const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(report, 'utf8'));
    return { passed: numPassedTests, failed: numFailedTests + (code !== 0 && numFailedTests === 0 ? 1 : 0) };
  } catch {
    return { passed: 0, failed: 1 };
  }
}

async function cargo() {
  if (!available('cargo')) {
    console.log('No Rust toolchain (cargo) found: the tests of the native engine are left out.');
    return { passed: 0, failed: 0 };
  }
  let output = '';
  const code = await run('cargo', ['test', '--release', '--manifest-path', 'libs/engine/native/Cargo.toml'], {
    onOutput: (chunk) => {
      output += chunk;
    },
  });
  let passed = 0;
  let failed = 0;
  for (const [, good, bad] of output.matchAll(/test result: \w+\. (\d+) passed; (\d+) failed/g)) {
    passed += Number(good);
    failed += Number(bad);
  }
  return { passed, failed: failed + (code !== 0 && failed === 0 ? 1 : 0) };
}

await setup();
const args = process.argv.slice(2);
const results = [await vitest(args)];
if (args.length === 0) results.push(await cargo());
const passed = results.reduce((sum, result) => sum + result.passed, 0);
const failed = results.reduce((sum, result) => sum + result.failed, 0);
writeFileSync(counts, JSON.stringify({ passed, failed }));
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
