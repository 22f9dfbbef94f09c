import { stringify } from 'yaml';
import { memberError, memberName, memberRow } from '../campaign/member-lines.js';
import { rankingTable } from '../campaign/ranking-table.js';
import { badInput } from '../failure.js';
import type { ServiceOptions } from '../input/common-options.js';
import { createOutput, type Output } from '../output/output.js';
import { formatTable } from '../output/table.js';
import { campaignOf, checkId, type FoundRun, findRun } from '../runs/find.js';
import { findGenotype, findModel } from '../runs/find-in-registry.js';
import { lineColumns, stateWord } from '../runs/run-line.js';
import type { Services } from '../session/services.js';
import { withSession } from '../session/with-session.js';

/** What `oneshot show` does. */
export async function show(id: string, options: ServiceOptions): Promise<void> {
  checkId(id);
  const output = createOutput(options.json === true);
  const onInterrupted = () => '';
  await withSession(options, { involvement: 'look', onInterrupted }, async ({ services }) => {
    const found = await findRun(services, id);
    if (found !== undefined) return showRun(services, found, output);
    if (services.has('registry')) {
      const model = await findModel(services, id);
      if (model !== undefined) return output.result(() => fields('model', model), { type: 'model', model });
      const genotype = await findGenotype(services, id);
      if (genotype !== undefined)
        return output.result(() => fields('genotype', genotype), { type: 'genotype', genotype });
    }
    throw badInput(`There is nothing with the id "${id}". To see what there is: oneshot list`);
  });
}

async function showRun(services: Services, { kind, run }: FoundRun, output: Output): Promise<void> {
  if (kind !== 'campaign') {
    const { state, ...rest } = run;
    return output.result(() => fields(`${kind}, ${stateWord(state)}`, rest), { type: kind, run });
  }
  const found = await campaignOf(services, run.id);
  const several = new Set(found.members.map((member) => member.benchmark)).size > 1;
  const text = () => {
    const rows = found.members.map((member) => memberRow(member, several));
    const lines = [
      `campaign ${run.id}, ${stateWord(run.state)}`,
      '',
      formatTable([{ name: '' }, ...lineColumns], rows),
    ];
    for (const member of found.members) {
      const error = memberError(member);
      if (error !== undefined) lines.push('', `${memberName(member, several)} failed: ${error}`);
    }
    if (found.ranking !== undefined) lines.push('', rankingTable(found.ranking));
    lines.push('', 'Runs:', ...found.members.flatMap((member) => runIds(member, several)));
    return lines.join('\n');
  };
  output.result(text, { type: 'campaign', ...found });
}

function runIds(member: Parameters<typeof memberName>[0], several: boolean): string[] {
  const runs = [
    ...(member.search === undefined ? [] : [['search', member.search] as const]),
    ...member.trainings.map((run) => ['training', run] as const),
    ...member.evaluations.map((run) => ['evaluation', run] as const),
  ];
  return runs.map(
    ([kind, run]) => `  ${memberName(member, several).padEnd(24)} ${kind.padEnd(11)} ${run.id.slice(0, 12)}`,
  );
}

/** Anything as readable YAML under a title. */
function fields(title: string, value: object): string {
  const present = Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined));
  return `${title}\n${stringify(present, { lineWidth: 0 }).trimEnd()}`;
}
