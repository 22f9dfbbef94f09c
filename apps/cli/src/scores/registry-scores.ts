import type { CampaignScore } from '@oneshot/contracts';
import { type ScoreRecord, scoresTable } from '@oneshot/evaluation';
import { Code, ServiceError } from '@oneshot/service-kit';
import { badInput } from '../failure.js';
import type { ServiceOptions } from '../input/common-options.js';
import type { ScoreOptions } from '../input/score-options.js';
import { allPages } from '../runs/find.js';
import type { Services } from '../session/services.js';
import { withSession } from '../session/with-session.js';
import type { ScoreInput } from './read-input.js';
import { filterOf, parseRegistryQuery, type ScoreQuery } from './registry-query.js';

/** Reads the scores of the registry that a query asks for, over all campaigns. */
export async function registryScores(input: string, options: ScoreOptions & ServiceOptions): Promise<ScoreInput> {
  const query = parseRegistryQuery(input);
  const look = { involvement: 'look', onInterrupted: () => '' } as const;
  const scores = await withSession(options, look, ({ services }) => queriedScores(services, input, query));
  const records = scores.map(({ method, benchmark, seed, retraining, accuracy }): ScoreRecord => {
    const repetition = retraining === 0 ? `${seed}` : `${seed}, retraining ${retraining}`;
    return { method, benchmark, seed: repetition, value: accuracy };
  });
  return scoresTable(input, records, 'test accuracy');
}

/**
 * The scores that a query asks for, by benchmark, method, seed and retraining. One that several
 * campaigns share is given once. Methods, and benchmarks, that have one name but different settings
 * get names of their own.
 *
 * @param input as written, for errors
 * @throws Failure (bad input) for values that no score has, and if no score passes all filters
 */
export async function queriedScores(
  { registry }: Services,
  input: string,
  query: ScoreQuery,
): Promise<readonly CampaignScore[]> {
  const pages = allPages(async (pageToken) => {
    const page = await registry.listScores({ ...query, pageSize: 1000, pageToken });
    return { items: page.scores, nextPageToken: page.nextPageToken };
  });
  const found = new Map<string, CampaignScore>();
  try {
    for await (const score of pages) {
      const { method, methodSettings, benchmark, benchmarkSettings, seed, retraining } = score;
      const key = JSON.stringify([method, methodSettings, benchmark, benchmarkSettings, seed, retraining]);
      // The newest comes first.
      if (!found.has(key)) found.set(key, score);
    }
  } catch (error) {
    throw queryFailure(input, error);
  }
  if (found.size === 0) {
    const { scores } = await registry.listScores({ ...parseRegistryQuery('registry:'), pageSize: 1, pageToken: '' });
    throw badInput(
      scores.length === 0
        ? 'The registry has no scores: campaigns note theirs when they end.'
        : `${input}: no score of the registry passes all of these filters together.`,
    );
  }
  return withOwnNames([...found.values()]).sort(inOrder);
}

/** Values that no score has, called as in the query. */
function queryFailure(input: string, error: unknown): unknown {
  if (!(error instanceof ServiceError) || error.code !== Code.INVALID_ARGUMENT) return error;
  const faults = error.fields.map(({ path, found, allowed, message }) => ({
    ...{ path: filterOf(path), found: JSON.stringify(found), allowed, message },
  }));
  return badInput(`${input}: no score of the registry is of this.`, faults);
}

function withOwnNames(scores: readonly CampaignScore[]): CampaignScore[] {
  const methods = settingsByName(scores.map(({ method, methodSettings }) => [method, methodSettings]));
  const benchmarks = settingsByName(scores.map(({ benchmark, benchmarkSettings }) => [benchmark, benchmarkSettings]));
  return scores.map((score) => ({
    ...score,
    method: ownName(score.method, score.methodSettings, methods),
    benchmark: ownName(score.benchmark, score.benchmarkSettings, benchmarks),
  }));
}

type SettingsByName = ReadonlyMap<string, ReadonlySet<string>>;

function settingsByName(pairs: readonly (readonly [name: string, settings: string])[]): SettingsByName {
  const byName = new Map<string, Set<string>>();
  for (const [name, settings] of pairs) byName.set(name, (byName.get(name) ?? new Set()).add(settings));
  return byName;
}

function ownName(name: string, settings: string, byName: SettingsByName): string {
  return (byName.get(name)?.size ?? 0) > 1 ? `${name} (settings ${settings.slice(0, 8)})` : name;
}

function inOrder(a: CampaignScore, b: CampaignScore): number {
  return (
    compareText(a.benchmark, b.benchmark) ||
    compareText(a.method, b.method) ||
    a.seed - b.seed ||
    a.retraining - b.retraining
  );
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
