import type { Run } from '@oneshot/contracts';
import type { Services } from '../session/services.js';
import { allPages } from './find.js';
import { methodsOf, runKinds } from './run-kinds.js';

/**
 * Whatever looks like a digest, in specs, results and errors of all runs, and in what campaigns
 * keep of theirs.
 */
export async function namedDigests(services: Services): Promise<ReadonlySet<string>> {
  const digests = new Set<string>();
  const note = (run: Run | undefined) => {
    for (const [digest] of JSON.stringify([run?.spec, run?.result, run?.error]).matchAll(/[0-9a-f]{64}/g)) {
      digests.add(digest);
    }
  };
  for (const kind of runKinds) {
    const runs = allPages(async (pageToken) => {
      const page = await methodsOf(services, kind).list({ pageSize: 1000, pageToken, states: [] });
      return { items: page.runs, nextPageToken: page.nextPageToken };
    });
    for await (const run of runs) {
      note(run);
      if (kind === 'campaign') for await (const member of membersOf(services, run.id)) member.forEach(note);
    }
  }
  return digests;
}

/** The runs of each member of a campaign. */
async function* membersOf({ coordinator }: Services, id: string): AsyncIterable<readonly (Run | undefined)[]> {
  const members = allPages(async (pageToken) => {
    const page = await coordinator.listCampaignMembers({ id, pageSize: 1000, pageToken });
    return { items: page.members, nextPageToken: page.nextPageToken };
  });
  for await (const { search, trainings, evaluations } of members) yield [search, ...trainings, ...evaluations];
}
