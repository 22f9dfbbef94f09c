import { BASELINES } from '@oneshot/benchmarks';
import type { FieldFault } from '@oneshot/service-kit';
import type { Campaign } from './schema.js';

/** Most members of a campaign. */
const mostMembers = 10_000;
/** Most retrainings of a campaign. */
const mostRetrainings = 50_000;
/** Most characters of a campaign's spec as JSON: it travels in one message with its run. */
const mostCharacters = 512 * 1024;

/** What makes a campaign too large: told before any of its members is made. */
export function sizeFaults(campaign: Campaign): readonly FieldFault[] {
  const { methods, selectors, benchmarks, seeds, twoStage, evaluate } = campaign;
  const baselines = twoStage?.baselines === true ? BASELINES.length : 0;
  const perBenchmark = (methods.length + baselines) * (selectors?.length ?? 1) * seeds.length;
  const members = perBenchmark * benchmarks.length;
  const sets = benchmarks.map(({ retrain }) => (retrain ?? campaign.retrain).length);
  const retrainings = evaluate.tabular === undefined ? perBenchmark * sets.reduce((sum, each) => sum + each, 0) : 0;
  const characters = JSON.stringify(campaign).length;
  return [
    ...fault('seeds', `${members} members (methods × benchmarks × seeds)`, members, mostMembers, 'members'),
    ...fault('retrain', `${retrainings} retrainings`, retrainings, mostRetrainings, 'retrainings'),
    ...fault('', `${characters} characters of JSON`, characters, mostCharacters, 'characters'),
  ];
}

function fault(path: string, found: string, count: number, most: number, unit: string): readonly FieldFault[] {
  if (count <= most) return [];
  const allowed = `at most ${most} ${unit}`;
  return [{ path, found, allowed, message: `found ${found}; allowed: ${allowed}. Split the campaign` }];
}
