/**
 * `npm run test:faults [-- --kills 20 --seed 1]`: kills processes of a distributed installation with SIGKILL at random moments while
 * campaigns run, and starts them again. Every campaign must end with the digests of an undisturbed one, with no run doubled and none
 * missing.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { isDeepStrictEqual, parseArgs } from 'node:util';
import { startEmbedded } from '@oneshot/cli';
import { CoordinatorServiceClient, RunState } from '@oneshot/contracts';
import { randomStream } from '@oneshot/engine';
import { connect, ServiceError } from '@oneshot/service-kit';
import { Installation, type Part } from './harness/installation.js';
import { countEverything, type Outcome, outcomeOf, readCampaign } from './harness/outcome.js';
import { runEmbedded, writeCampaign } from './harness/reference.js';
import { tinyCampaign } from './harness/tiny-campaign.js';
import { writeTinyDataset } from './harness/tiny-dataset.js';
import { hasNats } from './needs.js';

const { values } = parseArgs({
  options: { kills: { type: 'string', default: '20' }, seed: { type: 'string', default: '1' } },
});
const kills = Number(values.kills);
const random = randomStream(Number(values.seed), 'faults').uniform(4 * kills + 4);
let drawn = 0;
const draw = () => random[drawn++ % random.length] ?? 0;

/** Those the guarantees speak of; a worker of each kind counts as one of three. */
const victims: readonly Part[] = [
  'search-worker',
  'training-worker',
  'evaluation-worker',
  'searcher',
  'searcher',
  'coordinator',
  'coordinator',
  'nats',
  'nats',
  'trainer',
  'evaluator',
  'registry',
];

const expected = { searches: 4, trainings: 4, evaluations: 4, models: 4 };

async function undisturbed(directory: string, file: string): Promise<Outcome> {
  const state = join(directory, 'undisturbed');
  const { id, finished } = await runEmbedded({ file, state, data: directory, out: join(directory, 'out') });
  if (finished.code !== 0) throw new Error(`The undisturbed campaign failed: ${finished.stderr}`);
  const embedded = await startEmbedded({ dataDir: state, workers: 0 });
  try {
    return outcomeOf(await readCampaign(embedded.addresses, id));
  } finally {
    await embedded.shutdown();
  }
}

/** Runs the campaign once, killing until it has ended or `left` kills are done; returns the kills and what is wrong, if anything. */
async function disturbed(
  directory: string,
  left: number,
  outcome: Outcome,
): Promise<{ readonly kills: number; readonly faults: readonly string[] }> {
  mkdirSync(directory, { recursive: true });
  const installation = new Installation(directory, join(directory, '..'));
  await installation.start();
  const coordinator = connect(CoordinatorServiceClient, installation.address('coordinator'), {
    retry: { attempts: 200 },
  });
  let done = 0;
  try {
    const { run } = await coordinator.submitCampaign({ spec: { ...tinyCampaign() }, retry: false });
    const id = run?.id ?? '';
    const started = Date.now();
    for (;;) {
      const state = await stateOf(coordinator, id);
      if (state === RunState.RUN_STATE_SUCCEEDED) break;
      if (state === RunState.RUN_STATE_FAILED) {
        const { campaign } = await readCampaign(installation.addresses, id);
        return { kills: done, faults: [`the campaign failed: ${campaign?.error?.message}`] };
      }
      if (Date.now() - started > 15 * 60_000)
        return { kills: done, faults: ['the campaign did not end in 15 minutes'] };
      if (done >= left) {
        await pause(500);
        continue;
      }
      await pause(300 + 2500 * draw());
      const victim = victims[Math.floor(draw() * victims.length)] ?? 'searcher';
      await installation.killPart(victim);
      await pause(600 * draw());
      installation.startPart(victim);
      done += 1;
      process.stdout.write(`  ${String(done).padStart(2)}: killed ${victim}\n`);
    }
    const found = outcomeOf(await readCampaign(installation.addresses, id));
    const counts = await countEverything(installation.addresses);
    const faults = [
      ...(isDeepStrictEqual(found, outcome)
        ? []
        : [`other digests: ${JSON.stringify(found)} instead of ${JSON.stringify(outcome)}`]),
      ...(isDeepStrictEqual(counts, expected)
        ? []
        : [`found ${JSON.stringify(counts)}, expected ${JSON.stringify(expected)}`]),
    ];
    return { kills: done, faults };
  } finally {
    coordinator.close();
    await installation.stop();
  }
}

async function stateOf(
  coordinator: ReturnType<typeof connect<typeof CoordinatorServiceClient.service>>,
  id: string,
): Promise<RunState | undefined> {
  try {
    return (await coordinator.getCampaign({ id })).campaign?.state;
  } catch (error) {
    // It is being killed, or not back yet.
    if (error instanceof ServiceError) return undefined;
    throw error;
  }
}

async function main(): Promise<number> {
  if (!hasNats()) {
    process.stdout.write('nats-server is not installed (Debian: nats-server): nothing was tested.\n');
    return 2;
  }
  const directory = mkdtempSync(join(tmpdir(), 'oneshot-faults-'));
  try {
    writeTinyDataset(directory);
    const outcome = await undisturbed(directory, writeCampaign(directory, tinyCampaign()));
    let done = 0;
    for (let campaign = 1; done < kills; campaign += 1) {
      process.stdout.write(`campaign ${campaign}\n`);
      const result = await disturbed(join(directory, `campaign-${campaign}`), kills - done, outcome);
      for (const fault of result.faults) process.stdout.write(`  WRONG: ${fault}\n`);
      if (result.faults.length > 0) return 1;
      done += result.kills;
      process.stdout.write(`  ended with the digests of an undisturbed campaign; ${done} of ${kills} kills\n`);
    }
    return 0;
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

process.exitCode = await main();
