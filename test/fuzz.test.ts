import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fuzzServices } from './fuzz/fuzz-services.js';
import { type FuzzedInstallation, startFuzzed } from './fuzz/installation.js';

const directory = mkdtempSync(join(tmpdir(), 'oneshot-fuzz-'));
let installation: FuzzedInstallation;

beforeAll(async () => {
  installation = await startFuzzed(directory);
}, 120_000);
afterAll(async () => {
  await installation.shutdown();
  rmSync(directory, { recursive: true, force: true });
});

test('300 requests that no client would send are answered in words, none with INTERNAL, none with a place on the server', async () => {
  const { answers, faults } = await fuzzServices({ ...installation, requests: 300, seed: 20 });
  expect(faults).toEqual([]);
  expect([...answers.values()].reduce((sum, count) => sum + count, 0)).toBe(300);
}, 300_000);
