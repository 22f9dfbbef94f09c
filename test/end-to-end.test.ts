import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbedded } from '@oneshot/cli';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { countEverything, outcomeOf, readCampaign } from './harness/outcome.js';
import { oneshot } from './harness/processes.js';
import { jsonLines, runEmbedded, writeCampaign } from './harness/reference.js';
import { tinyCampaign } from './harness/tiny-campaign.js';
import { writeTinyDataset } from './harness/tiny-dataset.js';

const directory = mkdtempSync(join(tmpdir(), 'oneshot-e2e-'));
const state = join(directory, 'state');
const out = join(directory, 'out');
const file = writeCampaign(directory, tinyCampaign());
let run: Awaited<ReturnType<typeof runEmbedded>>;

beforeAll(async () => {
  writeTinyDataset(directory);
  run = await runEmbedded({ file, state, data: directory, out });
}, 300_000);
afterAll(() => rmSync(directory, { recursive: true, force: true }));

test('a campaign goes from images to a ranking, a report and ONNX models in one command', () => {
  expect(run.finished, run.finished.stderr).toMatchObject({ code: 0 });
  const result = jsonLines(run.finished).find((line) => line.type === 'campaign');
  expect(result).toMatchObject({ state: 'succeeded' });
  expect(result?.ranking).toHaveLength(4);
  expect(result?.models).toHaveLength(4);
  const report = readFileSync(String(result?.report), 'utf8');
  for (const method of ['darts', 'gdas', 'drnas', 'random']) expect(report).toContain(method);
  expect(report).toContain('models/patterns_darts_seed0.onnx');
});

test('the same campaign again is told from what is stored, without work', async () => {
  const again = await runEmbedded({ file, state, data: directory, out });
  expect(again.id).toBe(run.id);
  const embedded = await startEmbedded({ dataDir: state, workers: 0 });
  try {
    const campaign = await readCampaign(embedded.addresses, run.id);
    expect(Object.keys(outcomeOf(campaign))).toHaveLength(4);
    expect(campaign.members.map((member) => [member.search?.attempt, member.trainings[0]?.attempt])).toEqual(
      campaign.members.map(() => [1, 1]),
    );
    expect(await countEverything(embedded.addresses)).toEqual({ searches: 4, trainings: 4, evaluations: 4, models: 4 });
  } finally {
    await embedded.shutdown();
  }
}, 120_000);

test('a second command with work for the same state folder is refused in a sentence', async () => {
  const embedded = await startEmbedded({ dataDir: state, workers: 0 });
  try {
    const refused = await oneshot(['run', file, '--state', state, '--data-dir', directory]).finished();
    expect(refused.code).toBe(3);
    expect(refused.stderr).toContain(`is in use by process ${process.pid} on ${hostname()}.`);
  } finally {
    await embedded.shutdown();
  }
}, 60_000);
