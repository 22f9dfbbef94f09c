/**
 * `npm run test:fuzz [-- --requests 10000 --seed 1]`: sends requests that no client would to every
 * method of every service. None may be answered with INTERNAL or UNKNOWN, without details, not at
 * all, or with a place on the server's machine.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { fuzzServices } from './fuzz/fuzz-services.js';
import { startFuzzed } from './fuzz/installation.js';

const { values } = parseArgs({
  options: { requests: { type: 'string', default: '10000' }, seed: { type: 'string', default: '1' } },
});
const requests = Number(values.requests);
const seed = Number(values.seed);
const directory = mkdtempSync(join(tmpdir(), 'oneshot-fuzz-'));
const installation = await startFuzzed(directory);
const begun = performance.now();
const { answers, faults, longestMs } = await fuzzServices({
  ...installation,
  requests,
  seed,
  onProgress: (done) => process.stderr.write(`${done} requests\n`),
});
const seconds = (performance.now() - begun) / 1000;
await installation.shutdown();
if (faults.length === 0) rmSync(directory, { recursive: true, force: true });

const codes = new Map<string, number>();
for (const [answer, count] of answers) {
  const code = answer.split(' ')[1] ?? '';
  codes.set(code, (codes.get(code) ?? 0) + count);
}
for (const [code, count] of [...codes].sort(([, a], [, b]) => b - a))
  console.log(`${String(count).padStart(6)} ${code}`);
for (const fault of faults) console.log(fault);
const longest = (longestMs / 1000).toFixed(1);
console.log(
  `${requests} requests (seed ${seed}) in ${seconds.toFixed(0)} s, the longest ${longest} s: ${faults.length} faults`,
);
if (faults.length > 0) console.log(`Logs of the services: ${directory}`);
process.exitCode = faults.length === 0 ? 0 : 1;
