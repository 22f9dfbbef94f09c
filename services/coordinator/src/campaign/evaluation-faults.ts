import { TABULAR_NAMES, type TabularName, tabularSpace } from '@oneshot/benchmarks';
import { createSpace, foundText, pathText } from '@oneshot/nas';
import type { FieldFault } from '@oneshot/service-kit';
import { fieldsOf, listOf } from './loose-fields.js';
import type { ReadCampaignOptions } from './read-campaign-options.js';

/**
 * What does not go together with the evaluation a campaign asks for: spaces a table does not know,
 * retraining nobody would look at.
 */
export function evaluationFaults(input: unknown, { tabularFault }: ReadCampaignOptions): readonly FieldFault[] {
  const campaign = fieldsOf(input);
  const { tabular } = fieldsOf(campaign.evaluate);
  if (tabular === undefined) {
    if (campaign.twoStage === undefined) return [];
    const message = 'needs the true accuracy of every architecture: write evaluate.tabular as well';
    return [{ path: 'twoStage', found: foundText(campaign.twoStage), allowed: '', message }];
  }
  const written = typeof tabular === 'string' ? tabular : fieldsOf(tabular).benchmark;
  const name = TABULAR_NAMES.find((known) => known === written);
  // The schema tells of a name that is none.
  if (name === undefined) return [];
  const faults: FieldFault[] = [];
  const trouble = tabularFault(name);
  if (trouble !== undefined) {
    faults.push({ path: 'evaluate.tabular', found: foundText(written), allowed: '', message: trouble });
  }
  const useless = `${name} knows the accuracies; nothing is retrained`;
  if (campaign.retrain !== undefined) faults.push({ path: 'retrain', found: '', allowed: '', message: useless });
  listOf(campaign.benchmarks).forEach((item, position) => {
    const benchmark = fieldsOf(item);
    for (const field of ['retrain', 'network', 'disjoint']) {
      if (benchmark[field] === undefined) continue;
      faults.push({ path: pathText(['benchmarks', position, field]), found: '', allowed: '', message: useless });
    }
    const space = typeof benchmark.space === 'string' ? benchmark.space : fieldsOf(benchmark.space).name;
    if (typeof space === 'string' && space !== tabularSpace(name)) {
      const message = `found ${space}; ${name} knows ${tabularSpace(name)}`;
      const path = pathText(['benchmarks', position, 'space']);
      faults.push({ path, found: foundText(space), allowed: tabularSpace(name), message });
      return;
    }
    const path = pathText(['benchmarks', position, 'space', 'primitives']);
    faults.push(...operationFaults(benchmark.space, name, campaign.twoStage !== undefined, path));
  });
  return faults;
}

/**
 * A table knows the operations of its own space; the baselines of the two stages are drawn from all
 * of them.
 */
function operationFaults(space: unknown, name: TabularName, every: boolean, path: string): readonly FieldFault[] {
  const { primitives } = fieldsOf(space);
  if (!Array.isArray(primitives)) return [];
  const known: readonly string[] = createSpace(tabularSpace(name)).groups[0]?.options ?? [];
  const foreign = primitives.filter((primitive) => !known.includes(String(primitive)));
  const missing = every ? known.filter((primitive) => !primitives.includes(primitive)) : [];
  if (foreign.length === 0 && missing.length === 0) return [];
  const wanted = every ? 'two stages need all of' : `${name} knows`;
  const message = `found ${primitives.join(', ')}; ${wanted} ${known.join(', ')}`;
  return [{ path, found: foundText(primitives), allowed: known.join(', '), message }];
}
