import { createHash } from 'node:crypto';
import { appendFileSync, cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { startEmbedded } from '@oneshot/cli';
import { CoordinatorServiceClient, RunState, SearcherServiceClient } from '@oneshot/contracts';
import { spaceFolderVariable } from '@oneshot/nas';
import { connect, waitUntilServing } from '@oneshot/service-kit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { outcomeOf, readCampaign, type ToldCampaign } from './harness/outcome.js';
import { freePort, oneshot, type Program, repository } from './harness/processes.js';
import { jsonLines } from './harness/reference.js';
import { tinyCampaign } from './harness/tiny-campaign.js';
import { tinyDataset, writeTinyDataset } from './harness/tiny-dataset.js';

const directory = mkdtempSync(join(tmpdir(), 'oneshot-own-spaces-'));
const spaces = join(directory, 'spaces');
const module = join(spaces, 'two-resolutions.mjs');
const file = join(directory, 'own-spaces.yaml');

/** The example of a module and a cell of one's own, on less data and with one method. */
beforeAll(() => {
  writeTinyDataset(directory);
  cpSync(join(repository, 'examples/spaces'), spaces, { recursive: true });
  const example = readFileSync(join(repository, 'examples/own-spaces.yaml'), 'utf8');
  const smaller = example
    .replace('[darts, random]', '[darts]')
    .replaceAll('{ name: fashion-mnist-sample, trainImages: 64 }', tinyDataset)
    .replaceAll('search: { epochs: 2, batch: 16 }', 'search: { epochs: 6, batch: 8 }')
    .replace('batch: 32 }', 'batch: 32, augment: { crop: 1, cutout: 0 } }');
  writeFileSync(file, smaller);
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

function run(name: string): Program {
  const folders = ['--state', join(directory, name), '--data-dir', directory, '--out', join(directory, `${name}-out`)];
  return oneshot(['run', file, ...folders, '--workers', '1', '--json'], { ONESHOT_LOG_LEVEL: 'debug' });
}

/** The campaign as the state folder has it after the command has succeeded. */
async function campaignIn(name: string, program: Program): Promise<ToldCampaign> {
  const finished = await program.finished();
  expect(finished.code, finished.stderr).toBe(0);
  const id = String(jsonLines(finished).findLast(({ type }) => type === 'campaign')?.id);
  const services = await startEmbedded({ dataDir: join(directory, name), workers: 0 });
  try {
    return await readCampaign(services.addresses, id);
  } finally {
    await services.shutdown();
  }
}

/** Lines of the state folder's log so far that speak of this. */
function logged(name: string, about: RegExp): readonly Readonly<Record<string, unknown>>[] {
  const path = join(directory, name, 'log.ndjson');
  const lines = existsSync(path) ? readFileSync(path, 'utf8').split('\n') : [];
  return lines.filter((line) => about.test(line) && line.endsWith('}')).map((line) => JSON.parse(line));
}

const checkpoints = (name: string): number => logged(name, /\/RecordCheckpoint","code":"OK"/).length;

async function until(holds: () => boolean, program: Program): Promise<void> {
  while (!holds() && !program.ended) await pause(20);
}

test('a module and a cell of one’s own go to a report; with a worker killed and the command interrupted, with the same digests', async () => {
  const undisturbed = run('undisturbed');
  const disturbed = run('disturbed');
  await until(() => checkpoints('disturbed') > 0, disturbed);
  const [worker] = logged('disturbed', /"source":"searcher".*"msg":"worker started"/);
  process.kill(Number(worker?.pid), 'SIGKILL');
  const before = checkpoints('disturbed');
  await until(() => checkpoints('disturbed') > before, disturbed);
  await disturbed.kill('SIGTERM');

  const resumed = await campaignIn('disturbed', run('disturbed'));
  expect(outcomeOf(resumed)).toEqual(outcomeOf(await campaignIn('undisturbed', undisturbed)));
  expect(Math.max(...resumed.members.map(({ search }) => search?.attempt ?? 0))).toBeGreaterThan(1);
  const report = readFileSync(join(directory, 'disturbed-out', 'report.html'), 'utf8');
  expect(report).toMatch(/module:two_resolutions@[0-9a-f]{12}/);
}, 400_000);

/** A search in the module's space. */
const search = {
  space: { name: 'module', file: 'two-resolutions.mjs', options: { blocks: 1, channels: 4 } },
  profile: { method: 'darts', epochs: 1, batch: 8 },
  data: { name: tinyDataset },
  seed: 0,
};

test('a module that was changed since the search was asked for is refused by the worker, with both digests', async () => {
  process.env[spaceFolderVariable] = spaces;
  const embedded = await startEmbedded({ dataDir: join(directory, 'changed'), dataDirs: [directory], workers: 0 });
  const searcher = connect(SearcherServiceClient, embedded.addresses.searcher);
  const submitted = await searcher.submitSearch({ spec: search, retry: false });
  const id = submitted.run?.id ?? '';
  const was = createHash('sha256').update(readFileSync(module)).digest('hex');
  appendFileSync(module, '// changed\n');
  const is = createHash('sha256').update(readFileSync(module)).digest('hex');
  const addresses = Object.entries(embedded.addresses).flatMap(([service, address]) => [`--${service}`, address]);
  const worker = oneshot(['serve', 'worker', '--kind', 'search', '--space-dir', spaces, ...addresses]);
  try {
    const asked = async () => (await searcher.getSearch({ id })).run?.state;
    await expect.poll(asked, { timeout: 120_000, interval: 100 }).toBe(RunState.RUN_STATE_FAILED);
    expect((await searcher.getSearch({ id })).run).toMatchObject({
      attempt: 1,
      error: {
        message: `space.digest: two-resolutions.mjs has changed: found sha256 ${is}; the run was made with ${was}`,
      },
    });
  } finally {
    await worker.kill('SIGTERM');
    searcher.close();
    await embedded.shutdown();
    delete process.env[spaceFolderVariable];
  }
}, 150_000);

test('services that were started without a folder of allowed spaces refuse a module', async () => {
  const message =
    'found "two-resolutions.mjs"; this service loads no modules: start it with --space-dir FOLDER (ONESHOT_SPACES)';
  const ports = { searcher: await freePort(), coordinator: await freePort(), nobody: await freePort() };
  const others = ['registry', 'trainer', 'evaluator'].flatMap((name) => [`--${name}`, `127.0.0.1:${ports.nobody}`]);
  const address = (service: 'searcher' | 'coordinator') => `127.0.0.1:${ports[service]}`;
  const serve = (service: 'searcher' | 'coordinator') => {
    const place = ['--port', String(ports[service]), '--state', join(directory, 'closed', service)];
    const known = [...others, '--searcher', address('searcher'), '--workers', '0'];
    return oneshot(['serve', service, ...place, ...known, '--data-dir', directory], { [spaceFolderVariable]: '' });
  };
  const programs = [serve('searcher'), serve('coordinator')];
  const searcher = connect(SearcherServiceClient, address('searcher'));
  const coordinator = connect(CoordinatorServiceClient, address('coordinator'));
  try {
    await waitUntilServing(address('searcher'), 60_000);
    await waitUntilServing(address('coordinator'), 60_000);
    await expect(searcher.submitSearch({ spec: search, retry: false })).rejects.toMatchObject({
      fields: [{ path: 'space.file', message }],
    });
    const [benchmark] = tinyCampaign().benchmarks as readonly [Readonly<Record<string, unknown>>];
    const spec = tinyCampaign({ benchmarks: [{ ...benchmark, space: search.space }] });
    await expect(coordinator.submitCampaign({ spec, retry: false })).rejects.toMatchObject({
      fields: [{ path: 'benchmarks[0].space.file', message }],
    });
  } finally {
    for (const client of [searcher, coordinator]) client.close();
    for (const program of programs) await program.kill('SIGTERM');
  }
}, 150_000);
