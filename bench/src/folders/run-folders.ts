import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { openDataset } from '@oneshot/data';
import { selectBackend } from '@oneshot/engine';
import { countOption } from '../process/count-option.js';
import { markdownTable } from '../process/markdown.js';
import { writeFigures } from '../process/write-figures.js';
import { type Baselines, baselines } from './baselines.js';
import { type Recipe, recipes } from './recipes.js';

const names = recipes.map(({ name }) => name).join(', ');

const usage = `usage: npm run bench -- folders [options]

Folders of pictures as people have them, made by this script, and what \`oneshot search --data DIR\` comes to on each with default
settings, beside two classifiers on bare pixels: a linear one and the nearest training image.

  --only NAME,…   some folders: ${names}
  --seeds N       seeds 0 to N - 1, default 3
  --at-once N     searches at a time, default 1
  --threads N     threads of each, default: all cores
  --folder DIR    where the folders are made and kept; default: a temporary one
  --json FILE     write all figures there`;

interface Outcome {
  readonly seed: number;
  readonly accuracy: number;
  readonly seconds: number;
}

interface Row {
  readonly recipe: Recipe;
  readonly images: number;
  readonly shape: string;
  readonly baselines: Baselines;
  readonly outcomes: readonly Outcome[];
}

/** Runs `folders` as its command line says; resolves to the exit code. */
export async function runFolders(args: readonly string[]): Promise<number> {
  if (args.includes('--help')) {
    console.log(usage);
    return 0;
  }
  const text = { type: 'string' } as const;
  const options = { only: text, seeds: text, 'at-once': text, threads: text, folder: text, json: text };
  const { values } = parseArgs({ args: [...args], options });
  const faults: string[] = [];
  const seeds = countOption('seeds', values.seeds, 3, faults);
  const atOnce = countOption('at-once', values['at-once'], 1, faults);
  const threads = values.threads === undefined ? undefined : countOption('threads', values.threads, 1, faults);
  const wanted = values.only?.split(',');
  const unknown = wanted?.filter((name) => recipes.every((recipe) => recipe.name !== name)) ?? [];
  if (unknown.length > 0) faults.push(`--only: found "${unknown.join(',')}"; allowed: ${names}`);
  if (faults.length > 0) {
    console.error(`${faults.join('\n')}\n\n${usage}`);
    return 2;
  }
  await selectBackend({ backend: 'auto' });
  const parent = values.folder ?? (await mkdtemp(join(tmpdir(), 'oneshot-folders-')));
  const rows: Row[] = [];
  try {
    for (const recipe of recipes.filter(({ name }) => wanted?.includes(name) ?? true)) {
      const directory = await made(parent, recipe);
      const dataset = await openDataset(directory, { skipUnreadable: true });
      const outcomes = await atATime(atOnce, seeds, (seed) => searched(directory, recipe, seed, threads));
      const row: Row = {
        recipe,
        images: dataset.train.count + dataset.test.count,
        shape: `${dataset.image.height}×${dataset.image.width}×${dataset.image.channels}`,
        baselines: baselines(dataset),
        outcomes,
      };
      console.error(cells(row).join('  '));
      rows.push(row);
    }
  } finally {
    if (values.folder === undefined) await rm(parent, { recursive: true });
  }
  console.log(
    markdownTable(['folder', 'what', 'shape', 'guessing', 'linear', 'nearest', 'oneshot', 'seconds'], rows.map(cells)),
  );
  await writeFigures(values.json, { seeds, rows });
  return 0;
}

/** The folder, made unless it is there; it appears whole or not at all. */
async function made(parent: string, recipe: Recipe): Promise<string> {
  const directory = join(parent, recipe.name);
  if (existsSync(directory)) return directory;
  await mkdir(parent, { recursive: true });
  const unfinished = await mkdtemp(join(parent, '.making-'));
  await recipe.make(unfinished);
  await rename(unfinished, directory);
  return directory;
}

/** Runs the work for 0 to `count` - 1, so many at a time. */
async function atATime(lanes: number, count: number, work: (i: number) => Promise<Outcome>): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  const queue = Array.from({ length: count }, (_, i) => i).values();
  const lane = async () => {
    for (const i of queue) outcomes[i] = await work(i);
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return outcomes;
}

/** What the command comes to, run as a user would in an empty folder. */
async function searched(
  directory: string,
  recipe: Recipe,
  seed: number,
  threads: number | undefined,
): Promise<Outcome> {
  const command = fileURLToPath(new URL('../../../apps/cli/bin/oneshot.mjs', import.meta.url));
  const place = await mkdtemp(join(tmpdir(), 'oneshot-search-'));
  const options = [...(recipe.options ?? []), ...(threads === undefined ? [] : ['--threads', String(threads)])];
  const args = [command, 'search', '--data', directory, '--seed', String(seed), '--json', ...options];
  const started = performance.now();
  try {
    const child = spawn(process.execPath, args, { cwd: place, stdio: ['ignore', 'pipe', 'inherit'] });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk;
    });
    const code = await new Promise((resolve) => child.on('close', resolve));
    if (code !== 0) throw new Error(`oneshot search --data ${directory} ended with code ${code}`);
    const last = JSON.parse(output.trim().split('\n').at(-1) ?? '');
    return { seed, accuracy: last.training.result.testAccuracy, seconds: (performance.now() - started) / 1000 };
  } finally {
    await rm(place, { recursive: true });
  }
}

function cells({ recipe, shape, baselines: { majority, linear, nearest }, outcomes }: Row): string[] {
  const percent = (value: number) => (100 * value).toFixed(1);
  const seconds = outcomes.map((outcome) => outcome.seconds);
  return [
    recipe.name,
    recipe.what,
    shape,
    percent(majority),
    percent(linear),
    percent(nearest),
    outcomes.map(({ accuracy }) => percent(accuracy)).join(' '),
    `${Math.min(...seconds).toFixed(0)} to ${Math.max(...seconds).toFixed(0)}`,
  ];
}
