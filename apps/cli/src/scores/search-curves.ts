import type { TableInput } from '@oneshot/evaluation';
import { formatCsv } from '@oneshot/plots';
import { incumbentCurve } from '@oneshot/stats';
import { badInput } from '../failure.js';
import type { ServiceOptions } from '../input/common-options.js';
import { allPages, campaignOf, findRun } from '../runs/find.js';
import type { Services } from '../session/services.js';
import { withSession } from '../session/with-session.js';
import { isRegistryQuery, parseRegistryQuery } from './registry-query.js';
import { queriedScores } from './registry-scores.js';

/** What the time of any-time curves is counted in. */
export const timeUnits = ['epochs', 'seconds'] as const;
export type TimeUnit = (typeof timeUnits)[number];

interface Searched {
  readonly method: string;
  readonly benchmark: string;
  readonly seed: number;
  readonly searchRunId: string;
}

/**
 * Best validation accuracy so far of every search of a campaign, or of the registry's scores that a
 * query asks for, over epochs or seconds of search: a table for any-time figures. Methods that
 * train nothing have no curve.
 *
 * @throws Failure (bad input) if there is no curve
 */
export async function searchCurves(input: string, unit: TimeUnit, options: ServiceOptions): Promise<TableInput> {
  const look = { involvement: 'look', onInterrupted: () => '' } as const;
  const rows = await withSession(options, look, async ({ services }) => {
    const searched = await searchedIn(services, input);
    const several = new Set(searched.map(({ benchmark }) => benchmark)).size > 1;
    const curves: (string | number)[][] = [];
    for (const { method, benchmark, seed, searchRunId } of searched) {
      const series = several ? `${method} on ${benchmark}` : method;
      for (const [time, value] of await curveOf(services, searchRunId, unit)) curves.push([series, seed, time, value]);
    }
    return curves;
  });
  if (rows.length === 0) throw badInput(`${input}: no search has measured a validation accuracy yet.`);
  return {
    name: input,
    role: 'scores',
    chunks: [Buffer.from(formatCsv({ columns: ['method', 'seed', 'time', 'value'], rows }))],
  };
}

async function searchedIn(services: Services, input: string): Promise<readonly Searched[]> {
  if (isRegistryQuery(input)) {
    const scores = await queriedScores(services, input, parseRegistryQuery(input));
    // A genotype that was retrained several times comes of one search.
    const key = ({ method, benchmark, seed }: Searched) => JSON.stringify([method, benchmark, seed]);
    return [...new Map(scores.map((score) => [key(score), score])).values()];
  }
  const run = await findRun(services, input);
  if (run?.kind !== 'campaign') throw badInput(`There is no campaign "${input}". To see campaigns: oneshot list`);
  const { members } = await campaignOf(services, run.run.id);
  return members.flatMap(({ method, benchmark, seed, search, reference }) =>
    search === undefined || reference ? [] : [{ method, benchmark, seed, searchRunId: search.id }],
  );
}

/**
 * The incumbent after each epoch that measured; time is counted from the beginning of the search.
 */
async function curveOf({ registry }: Services, runId: string, unit: TimeUnit): Promise<readonly [number, number][]> {
  const names = ['validation_accuracy', 'seconds'];
  const points = allPages(async (pageToken) => {
    const page = await registry.queryMetrics({ runId, names, afterStep: 0, pageSize: 10_000, pageToken });
    return { items: page.points, nextPageToken: page.nextPageToken };
  });
  const accuracies = new Map<number, number>();
  const seconds = new Map<number, number>();
  for await (const { name, step, value } of points) (name === 'seconds' ? seconds : accuracies).set(step, value);
  const measured = [...accuracies].filter(([, value]) => Number.isFinite(value));
  if (measured.length === 0) return [];
  const best = incumbentCurve(measured.map(([, value]) => value));
  return measured.flatMap(([epoch], index) => {
    const time = unit === 'epochs' ? epoch : elapsed(seconds, epoch);
    return time === undefined ? [] : [[time, best[index] ?? Number.NaN] as [number, number]];
  });
}

/**
 * Seconds from the beginning of a search to the end of an epoch; undefined if they were not noted.
 */
function elapsed(seconds: ReadonlyMap<number, number>, epoch: number): number | undefined {
  let sum = 0;
  for (let each = 1; each <= epoch; each++) {
    const own = seconds.get(each);
    if (own === undefined) return undefined;
    sum += own;
  }
  return sum;
}
