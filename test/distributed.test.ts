import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbedded } from '@oneshot/cli';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Installation } from './harness/installation.js';
import { countEverything, type Outcome, outcomeOf, readCampaign } from './harness/outcome.js';
import { oneshot } from './harness/processes.js';
import { jsonLines, runEmbedded, writeCampaign } from './harness/reference.js';
import { tinyCampaign } from './harness/tiny-campaign.js';
import { writeTinyDataset } from './harness/tiny-dataset.js';
import { hasNats, needs } from './needs.js';

const directory = mkdtempSync(join(tmpdir(), 'oneshot-distributed-'));
const file = writeCampaign(directory, tinyCampaign());
const installation = new Installation(join(directory, 'distributed'), directory);
let embedded: Outcome;

beforeAll(async () => {
  writeTinyDataset(directory);
  const state = join(directory, 'embedded');
  const { id, finished } = await runEmbedded({ file, state, data: directory, out: join(directory, 'out') });
  expect(finished.code, finished.stderr).toBe(0);
  const services = await startEmbedded({ dataDir: state, workers: 0 });
  embedded = outcomeOf(await readCampaign(services.addresses, id));
  await services.shutdown();
}, 300_000);

afterAll(async () => {
  await installation.stop();
  rmSync(directory, { recursive: true, force: true });
}, 60_000);

test('every service and worker in a process of its own, over NATS, finds what one process finds: same runs, genotypes, weights and models', {
  ...needs('nats-server', hasNats()),
  timeout: 300_000,
}, async () => {
  mkdirSync(join(directory, 'distributed'), { recursive: true });
  await installation.start();
  const command = oneshot(['run', file, '--json', '--out', join(directory, 'out2'), ...installation.options]);
  const finished = await command.finished();
  expect(finished.code, finished.stderr).toBe(0);
  const id = String(jsonLines(finished).find((line) => line.type === 'campaign')?.id);
  expect(outcomeOf(await readCampaign(installation.addresses, id))).toEqual(embedded);
  expect(await countEverything(installation.addresses)).toEqual({
    searches: 4,
    trainings: 4,
    evaluations: 4,
    models: 4,
  });
  expect(installation.ended()).toEqual([]);
});
