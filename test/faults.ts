/**
 * `npm run test:faults [-- --kills 20 --seed 1]`: kills processes of a distributed installation
 * with SIGKILL at random moments while campaigns run, and starts them again; between the kills come
 * ordeals, each once in 20 kills: workers and the coordinator frozen beyond their leases, the store
 * of NATS wiped, a full disk, a damaged artifact, a clock that is set. Every campaign must end with
 * the digests of an undisturbed one, with no run doubled and none missing. It may say clearly that
 * an artifact is damaged; asked for again, it must end like that all the same.
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
import { OrdealGround } from './harness/ordeals.js';
import { countEverything, type Outcome, outcomeOf, readCampaign } from './harness/outcome.js';
import { runEmbedded, writeCampaign } from './harness/reference.js';
import { tinyCampaign } from './harness/tiny-campaign.js';
import { writeTinyDataset } from './harness/tiny-dataset.js';
import { hasNats } from './needs.js';

const { values } = parseArgs({
  options: { kills: { type: 'string', default: '20' }, seed: { type: 'string', default: '1' } },
});
const kills = Number(values.kills);
const random = randomStream(Number(values.seed), 'faults').uniform(8 * kills + 64);
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

/** What befalls the campaigns, in random order: `kill`, or the name of an ordeal. */
function shuffledDeck(names: readonly string[]): string[] {
  const rounds = Math.max(1, Math.round(kills / 20));
  const deck = [...Array.from({ length: kills }, () => 'kill'), ...Array.from({ length: rounds }, () => names).flat()];
  for (let last = deck.length - 1; last > 0; last -= 1) {
    const other = Math.floor(draw() * (last + 1));
    [deck[last], deck[other]] = [deck[other] ?? '', deck[last] ?? ''];
  }
  return deck;
}

async function kill(installation: Installation): Promise<string> {
  const victim = victims[Math.floor(draw() * victims.length)] ?? 'searcher';
  await installation.killPart(victim);
  await pause(600 * draw());
  installation.startPart(victim);
  return `killed ${victim}`;
}

/** Errors that say that an artifact is damaged, after which a campaign may be asked for again. */
const clearErrors = /have changed|is damaged|arrived with sha256/;

/**
 * Runs the campaign once, taking from the deck until it has ended or nothing is left; returns what
 * is wrong, if anything.
 */
async function disturbed(directory: string, deck: string[], outcome: Outcome): Promise<readonly string[]> {
  mkdirSync(directory, { recursive: true });
  const ground = new OrdealGround(directory);
  try {
    return await disturbedOn(ground, directory, deck, outcome);
  } finally {
    ground.close();
  }
}

async function disturbedOn(
  ground: OrdealGround,
  directory: string,
  deck: string[],
  outcome: Outcome,
): Promise<readonly string[]> {
  const installation = new Installation(directory, join(directory, '..'), ground.environment);
  await installation.start();
  const coordinator = connect(CoordinatorServiceClient, installation.address('coordinator'), {
    retry: { attempts: 200 },
  });
  try {
    const { run } = await coordinator.submitCampaign({ spec: { ...tinyCampaign() }, retry: false });
    const id = run?.id ?? '';
    const started = performance.now();
    for (;;) {
      const state = await stateOf(coordinator, id);
      if (state === RunState.RUN_STATE_SUCCEEDED) break;
      if (state === RunState.RUN_STATE_FAILED) {
        const { campaign } = await readCampaign(installation.addresses, id);
        const message = campaign?.error?.message ?? '';
        if (!clearErrors.test(message)) return [`the campaign failed: ${message}`];
        process.stdout.write(`      it says: ${message.slice(0, 200)}\n      asking again\n`);
        await coordinator.submitCampaign({ spec: { ...tinyCampaign() }, retry: true });
      }
      if (performance.now() - started > 30 * 60_000) return ['the campaign did not end in 30 minutes'];
      const next = deck.shift();
      if (next === undefined) {
        await pause(500);
        continue;
      }
      await pause(300 + 2500 * draw());
      const ordeal = ground.ordeals.find(({ name }) => name === next);
      const told = ordeal === undefined ? await kill(installation) : await ordeal.run(installation, draw);
      process.stdout.write(`  ${String(deck.length).padStart(3)} left: ${told}\n`);
    }
    const found = outcomeOf(await readCampaign(installation.addresses, id));
    const counts = await countEverything(installation.addresses);
    return [
      ...(isDeepStrictEqual(found, outcome)
        ? []
        : [`other digests: ${JSON.stringify(found)} instead of ${JSON.stringify(outcome)}`]),
      ...(isDeepStrictEqual(counts, expected)
        ? []
        : [`found ${JSON.stringify(counts)}, expected ${JSON.stringify(expected)}`]),
    ];
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

/** Names of the ordeals that this machine allows; the others are told. */
function possibleOrdeals(directory: string): readonly string[] {
  const ground = new OrdealGround(directory);
  const { ordeals } = ground;
  ground.close();
  for (const { name, missing } of ordeals) {
    if (missing !== undefined) process.stdout.write(`left out: ${name}, for ${missing}\n`);
  }
  return ordeals.filter(({ missing }) => missing === undefined).map(({ name }) => name);
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
    const deck = shuffledDeck(possibleOrdeals(directory));
    for (let campaign = 1; deck.length > 0; campaign += 1) {
      process.stdout.write(`campaign ${campaign}\n`);
      const faults = await disturbed(join(directory, `campaign-${campaign}`), deck, outcome);
      for (const fault of faults) process.stdout.write(`  WRONG: ${fault}\n`);
      if (faults.length > 0) return 1;
      process.stdout.write('  ended with the digests of an undisturbed campaign, nothing doubled\n');
    }
    return 0;
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

process.exitCode = await main();
