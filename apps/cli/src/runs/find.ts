import type { GetCampaignResponse, Run, RunState } from '@oneshot/contracts';
import { Code, ServiceError } from '@oneshot/service-kit';
import { badInput, type Failure } from '../failure.js';
import type { Services } from '../session/services.js';
import { methodsOf, type RunKind, runKinds, serviceOf } from './run-kinds.js';

/** Something with an id: a run of any kind. */
export interface FoundRun {
  readonly kind: RunKind;
  readonly run: Run;
}

/** A campaign with all its members. */
export type WholeCampaign = Pick<GetCampaignResponse, 'campaign' | 'members' | 'ranking'>;

const fullLength = 64;
const shortest = 4;

/** Undefined instead of NOT_FOUND. */
export async function unlessMissing<Answer>(ask: () => Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof ServiceError && error.code === Code.NOT_FOUND) return undefined;
    throw error;
  }
}

/**
 * The run with this id, or the one run whose id starts so; looked for in every service whose
 * address is known.
 *
 * @throws Failure (bad input) if the beginning is too short or fits several runs.
 */
export async function findRun(services: Services, id: string): Promise<FoundRun | undefined> {
  checkId(id);
  const kinds = runKinds.filter((kind) => services.has(serviceOf[kind]));
  const found = await Promise.all(kinds.map((kind) => findInKind(services, kind, id)));
  const all = found.flat();
  if (all.length > 1)
    throw ambiguous(
      id,
      all.map(({ kind, run }) => `${run.id.slice(0, 16)} (${kind})`),
    );
  return all[0];
}

/** Whether a text may be an id, or the beginning of one. */
export function isId(text: string): boolean {
  return /^[0-9a-f]+$/.test(text) && text.length >= shortest && text.length <= fullLength;
}

export function checkId(id: string): void {
  if (isId(id)) return;
  throw badInput(
    `"${id}" is no id: allowed are ${shortest} to ${fullLength} hexadecimal digits, as "oneshot list" shows them.`,
  );
}

export function ambiguous(id: string, candidates: readonly string[]): Failure {
  return badInput(`"${id}" fits several: ${candidates.slice(0, 8).join(', ')}. Give more digits.`);
}

/** A page after the other of anything that is listed in pages. */
export async function* allPages<Item>(
  list: (pageToken: string) => Promise<{ readonly items: readonly Item[]; readonly nextPageToken: string }>,
): AsyncIterable<Item> {
  let token = '';
  do {
    const { items, nextPageToken } = await list(token);
    yield* items;
    token = nextPageToken;
  } while (token !== '');
}

/** The newest runs of a kind in one of the states (none: in any), at most `limit`. */
export async function listedRuns(
  services: Services,
  kind: RunKind,
  { limit, states }: { readonly limit: number; readonly states: RunState[] },
): Promise<readonly Run[]> {
  const runs: Run[] = [];
  const pages = allPages(async (pageToken) => {
    // A page ends early where its runs are large.
    const pageSize = Math.min(1000, limit - runs.length);
    const page = await methodsOf(services, kind).list({ pageSize, pageToken, states });
    return { items: page.runs, nextPageToken: page.nextPageToken };
  });
  for await (const run of pages) {
    runs.push(run);
    if (runs.length >= limit) break;
  }
  return runs;
}

async function findInKind(services: Services, kind: RunKind, id: string): Promise<FoundRun[]> {
  const methods = methodsOf(services, kind);
  if (id.length === fullLength) {
    const run = await unlessMissing(() => methods.get({ id }));
    return run === undefined ? [] : [{ kind, run }];
  }
  const found: FoundRun[] = [];
  const runs = allPages(async (pageToken) => {
    const page = await methods.list({ pageSize: 1000, pageToken, states: [] });
    return { items: page.runs, nextPageToken: page.nextPageToken };
  });
  for await (const run of runs) if (run.id.startsWith(id)) found.push({ kind, run });
  return found;
}

/** A campaign with all its members, which come in pages. */
export async function campaignOf({ coordinator }: Services, id: string): Promise<WholeCampaign> {
  const { campaign, members: first, ranking, nextPageToken } = await coordinator.getCampaign({ id });
  const members = [...first];
  for (let pageToken = nextPageToken; pageToken !== ''; ) {
    const page = await coordinator.listCampaignMembers({ id, pageSize: 1000, pageToken });
    members.push(...page.members);
    pageToken = page.nextPageToken;
  }
  return { campaign, members, ranking };
}
