import { RunState } from '@oneshot/contracts';
import { listedRuns } from '../runs/find.js';
import type { Services } from '../session/services.js';

/**
 * Other campaigns that are not done; where this process works on runs, it works on theirs as well.
 * Sentences for people.
 */
export async function tellUnfinished(services: Services, id: string): Promise<string[]> {
  const states = [RunState.RUN_STATE_QUEUED, RunState.RUN_STATE_RUNNING];
  const runs = await listedRuns(services, 'campaign', { limit: 100, states });
  return runs
    .filter((run) => run.id !== id)
    .map(({ id: other, spec }) => {
      const short = other.slice(0, 12);
      return `Campaign ${short} (${String(spec?.name ?? '')}) was left unfinished and goes on as well; oneshot cancel ${short} stops it.`;
    });
}
