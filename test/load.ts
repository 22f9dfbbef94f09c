/**
 * `npm run test:load [-- --members 50,5000 --services embedded,distributed]`: campaigns of members
 * that compute nothing, from their submission to their report, with a worker that answers at once:
 * what they cost the services. Linux only. Ends with code 1 where the largest campaign costs half
 * as much again for each member as the smallest.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { ScriptedWorker } from './harness/scripted-worker.js';
import { writeTinyDataset } from './harness/tiny-dataset.js';
import { measureCampaign } from './load/measure-campaign.js';
import { openPlace, type PlaceName, placeNames } from './load/places.js';
import { processFigures } from './load/process-figures.js';

const { values } = parseArgs({
  options: {
    members: { type: 'string', default: '50,5000' },
    services: { type: 'string', default: placeNames.join(',') },
  },
});
const sizes = values.members.split(',').map(Number);
const places = values.services.split(',').map((name) => {
  const known = placeNames.find((each) => each === name);
  if (known === undefined) throw new Error(`--services: found "${name}"; allowed: ${placeNames.join(', ')}`);
  return known;
});
if (!sizes.every((size) => Number.isInteger(size / 10) && size > 0)) {
  throw new Error(`--members: found "${values.members}"; allowed: multiples of 10, separated by commas`);
}

const mebibytes = (bytes: number) => `${(bytes / 1024 ** 2).toFixed(0)} MiB`;
const percentile = (numbers: readonly number[], part: number) =>
  [...numbers].sort((a, b) => a - b)[Math.min(numbers.length - 1, Math.floor(part * numbers.length))] ?? 0;

/**
 * Loads new services with one campaign, prints what it came to; returns the processor time of each
 * process for each member, in seconds.
 */
async function load(place: PlaceName, members: number): Promise<Readonly<Record<string, number>>> {
  const directory = mkdtempSync(join(tmpdir(), 'oneshot-load-'));
  writeTinyDataset(directory);
  const { addresses, processes, stop } = await openPlace(place, directory, directory);
  const worker = new ScriptedWorker(addresses);
  try {
    await worker.start();
    await pause(2000);
    const figures = () =>
      Object.fromEntries(Object.entries(processes).map(([name, pid]) => [name, processFigures(pid)] as const));
    const before = figures();
    const told = await measureCampaign(addresses, members);
    const after = figures();
    const rate = (members / told.seconds).toFixed(1);
    console.log(`\n${members} members, ${place}: ${told.seconds.toFixed(1)} s to the report (${rate} members/s)`);
    const [pages, watch] = [told.pages, told.watch].map((times) =>
      [0.5, 0.99].map((part) => `${percentile(times, part).toFixed(0)} ms`).join(', p99 '),
    );
    console.log(
      `  ${told.pages.length} pages: median ${pages}; ${told.watch.length} ends told by a watch after: median ${watch}`,
    );
    console.log(
      `  largest message ${(told.largestMessage / 1024).toFixed(0)} KiB, report ${mebibytes(told.reportBytes)}`,
    );
    const costs: Record<string, number> = {};
    for (const name of Object.keys(processes)) {
      const [first, last] = [before[name], after[name]];
      if (first === undefined || last === undefined) continue;
      costs[name] = (last.processor - first.processor) / members;
      const memory = `${mebibytes(first.memory)} before, ${mebibytes(last.memory)} after, ${mebibytes(last.peak)} at the most`;
      console.log(
        `  ${name.padEnd(12)} ${(1000 * costs[name]).toFixed(1).padStart(6)} ms of processor a member; memory ${memory}`,
      );
    }
    return costs;
  } finally {
    await worker.stop();
    await stop();
    rmSync(directory, { recursive: true, force: true });
  }
}

let tooDear = false;
for (const place of places) {
  const costs = [];
  for (const size of sizes) costs.push(await load(place, size));
  const [smallest, largest] = [costs[0] ?? {}, costs.at(-1) ?? {}];
  for (const [name, cost] of Object.entries(largest)) {
    const ratio = cost / (smallest[name] ?? cost);
    if (sizes.length > 1) console.log(`  ${name}: ${ratio.toFixed(2)} times the cost of a member with ${sizes[0]}`);
    tooDear ||= ratio > 1.5;
  }
}
process.exitCode = tooDear ? 1 : 0;
