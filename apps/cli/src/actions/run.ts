import { dirname, join } from 'node:path';
import { RunState } from '@oneshot/contracts';
import { campaignFolder } from '../campaign/campaign-folder.js';
import { withMethods } from '../campaign/chosen-methods.js';
import { type CampaignFiles, checkCampaignFolder, writeCampaignFiles } from '../campaign/finish.js';
import { createLiveView } from '../campaign/live-view.js';
import { memberError, memberName } from '../campaign/member-lines.js';
import { rankingTable } from '../campaign/ranking-table.js';
import { findCampaign, submitCampaign } from '../campaign/submit.js';
import { tellUnfinished } from '../campaign/unfinished.js';
import { ExitCode } from '../exit-codes.js';
import { Failure } from '../failure.js';
import type { ServiceOptions } from '../input/common-options.js';
import { dataFolder } from '../input/data-spec.js';
import { type OverwriteOptions, overwriteRules } from '../input/overwrite-options.js';
import { readDocument } from '../input/read-document.js';
import { createOutput, type Output } from '../output/output.js';
import { campaignOf, type WholeCampaign } from '../runs/find.js';
import { followCampaign } from '../runs/follow-campaign.js';
import { stateWord } from '../runs/run-line.js';
import type { Services } from '../session/services.js';
import { withSession } from '../session/with-session.js';

export interface RunOptions extends ServiceOptions, OverwriteOptions {
  readonly out?: string;
  /** Names of the campaign's methods to run. Default: all. */
  readonly methods?: readonly string[];
}

/** What `oneshot run` does. */
export async function runCampaign(file: string, options: RunOptions): Promise<void> {
  const read = readDocument(file);
  const document = options.methods === undefined ? read : withMethods(read, options.methods);
  const again = options.methods === undefined ? file : `${file} --methods ${options.methods.join(',')}`;
  const output = createOutput(options.json === true);
  const rules = overwriteRules(options, [file, ...dataFolders(document.value)]);
  let id = '';
  // Modules of spaces are looked for beside the campaign.
  const spaceDir = options.spaceDir || dirname(file);
  await withSession(
    { ...options, spaceDir },
    { involvement: 'work', onInterrupted: ({ stateFolder }) => howToGoOn(again, id, stateFolder) },
    async ({ services, stateFolder }, signal) => {
      const known = await findCampaign(services, document);
      const folder = campaignFolder(options.out ?? join('oneshot-out', String(document.value.name)), known.id);
      await checkCampaignFolder(services, known, folder, rules, signal);
      const { run, created } = await submitCampaign(services, document);
      id = run.id;
      const where = stateFolder === undefined ? '' : ` (state in ${stateFolder})`;
      output.remark(`Campaign ${shortId(id)}${created ? '' : ', known already: going on'}${where}.`);
      if (stateFolder !== undefined) for (const sentence of await tellUnfinished(services, id)) output.remark(sentence);
      await follow(services, id, output, signal);
      const found = await campaignOf(services, id);
      const files = await writeCampaignFiles(services, found, folder, rules, output, signal);
      tell(output, found, files);
      failUnlessSucceeded(found);
    },
  );
}

/** Folders of images that the benchmarks of a campaign name. */
function dataFolders({ benchmarks }: Readonly<Record<string, unknown>>): readonly (string | undefined)[] {
  const all: readonly unknown[] = Array.isArray(benchmarks) ? benchmarks : [];
  return all.map((benchmark) => {
    const data: unknown =
      typeof benchmark === 'object' && benchmark !== null && 'data' in benchmark ? benchmark.data : '';
    const name: unknown = typeof data === 'object' && data !== null && 'name' in data ? data.name : data;
    return typeof name === 'string' ? dataFolder(name) : undefined;
  });
}

const shortId = (id: string) => id.slice(0, 12);

function howToGoOn(again: string, id: string, stateFolder: string | undefined): string {
  if (stateFolder === undefined) return `The campaign goes on without you. To look at it: oneshot watch ${shortId(id)}`;
  return `What is done is kept in ${stateFolder}. To go on: oneshot run ${again}`;
}

async function follow(services: Services, id: string, output: Output, signal: AbortSignal): Promise<void> {
  const { members } = await campaignOf(services, id);
  const view = createLiveView(output, members);
  try {
    const onInterruption = () => output.remark('The coordinator is away; waiting for it.');
    for await (const { change } of followCampaign(services.coordinator, id, { signal, onInterruption })) {
      if (change?.$case === 'member') view.show(change.value);
    }
  } finally {
    view.close();
  }
}

function tell(output: Output, found: WholeCampaign, { report, models }: CampaignFiles): void {
  const { campaign, members, ranking } = found;
  const several = new Set(members.map((member) => member.benchmark)).size > 1;
  const text = () => {
    const lines: string[] = [];
    if (ranking !== undefined) lines.push('', rankingTable(ranking));
    const failed = members.filter((member) => member.stage === 'failed');
    for (const member of failed)
      lines.push(`${memberName(member, several)} failed: ${memberError(member) ?? 'no reason given'}`);
    if (models.length > 0) lines.push('', 'Models:', ...models.map((model) => `  ${model.file}`));
    if (report !== undefined) lines.push('', `Report: ${report}`);
    if (campaign !== undefined) lines.push(`To look closer: oneshot show ${shortId(campaign.id)}`);
    return lines.join('\n');
  };
  output.result(text, {
    type: 'campaign',
    id: campaign?.id,
    state: campaign === undefined ? 'unknown' : stateWord(campaign.state),
    ranking: ranking?.methods,
    report,
    models,
    error: campaign?.error,
  });
}

function failUnlessSucceeded({ campaign }: WholeCampaign): void {
  if (campaign?.state === RunState.RUN_STATE_SUCCEEDED) return;
  if (campaign?.state === RunState.RUN_STATE_CANCELLED) {
    throw new Failure('The campaign was cancelled.', { exitCode: ExitCode.cancelled, reason: 'CANCELLED' });
  }
  throw new Failure(campaign?.error?.message ?? 'The campaign failed.', {
    exitCode: ExitCode.runFailed,
    reason: campaign?.error?.reason ?? 'FAILED',
  });
}
