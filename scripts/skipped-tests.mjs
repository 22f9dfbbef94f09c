/**
 * Which tests of a vitest report (`--reporter=json`) were skipped, by what they need:
 * `node scripts/skipped-tests.mjs REPORT.json`. What a test needs stands in its `meta`
 * (test/needs.ts).
 */
import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './shell.mjs';

const tests = (count) => `${count} test${count === 1 ? '' : 's'} skipped`;

/**
 * One line for each thing that was missing, the one that most tests need first; then files whose
 * tests do not say what they need.
 */
export function skippedTests(report) {
  const missing = new Map();
  const silent = new Map();
  for (const { name, assertionResults } of report.testResults) {
    for (const { status, meta } of assertionResults) {
      if (status !== 'skipped') continue;
      const key = meta?.needs ? `${meta.needs.thing}; to run them: ${meta.needs.get}` : relative(root, name);
      const counts = meta?.needs ? missing : silent;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
  }
  const sorted = (counts) => [...counts].sort(([, a], [, b]) => b - a);
  return {
    missing: sorted(missing).map(([what, count]) => `${tests(count)}: ${what}`),
    silent: sorted(silent).map(([file, count]) => `${tests(count)} in ${file}, which does not say what they need`),
  };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { missing, silent } = skippedTests(JSON.parse(readFileSync(process.argv[2], 'utf8')));
  for (const line of [...missing, ...silent]) console.log(line);
}
