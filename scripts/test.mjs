/**
 * `npm test`: makes the clone ready, then runs every test runner. Arguments are handed to vitest.
 * Ends with what skipped tests need and the counts. Writes the counts to `.cache/test-counts.json`
 * too; exits non-zero if any test failed.
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setup } from './setup.mjs';
import { available, root, run } from './shell.mjs';
import { skippedTests } from './skipped-tests.mjs';

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
    const results = JSON.parse(readFileSync(report, 'utf8'));
    const { numPassedTests: passed, numFailedTests: failed } = results;
    const { missing, silent } = skippedTests(results);
    // A filter such as -t skips tests that need nothing.
    const skipped = args.length === 0 ? [...missing, ...silent] : missing;
    return { passed, failed: failed + (code !== 0 && failed === 0 ? 1 : 0), skipped };
  } catch {
    return { passed: 0, failed: 1, skipped: [] };
  }
}

async function cargo() {
  if (!available('cargo')) {
    const skipped = [
      "the native engine's own tests left out; to run them: install a Rust toolchain (https://rustup.rs)",
    ];
    return { passed: 0, failed: 0, skipped };
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
  return { passed, failed: failed + (code !== 0 && failed === 0 ? 1 : 0), skipped: [] };
}

await setup();
const args = process.argv.slice(2);
const results = [await vitest(args)];
if (args.length === 0) results.push(await cargo());
const passed = results.reduce((sum, result) => sum + result.passed, 0);
const failed = results.reduce((sum, result) => sum + result.failed, 0);
writeFileSync(counts, JSON.stringify({ passed, failed }));
for (const line of results.flatMap(({ skipped }) => skipped)) console.log(line);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
