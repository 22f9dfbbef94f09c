import { join } from 'node:path';
import { type CampaignMember, type Run, RunState } from '@oneshot/contracts';
import { campaignSchema, membersOf } from '@oneshot/coordinator';
import { modelFileName } from '@oneshot/plots';
import { artifactFile, type OutputFile, type PlannedFile, unknownFile } from '../files/output-file.js';
import { type OverwriteRules, standingOf } from '../files/overwriting.js';
import { writeFiles } from '../files/write-files.js';
import type { Output } from '../output/output.js';
import { campaignOf, type WholeCampaign } from '../runs/find.js';
import { resultText } from '../runs/result.js';
import type { Services } from '../session/services.js';
import { type CampaignFolder, manifestPath } from './campaign-folder.js';

/** A model's file, and whose it is. */
export interface ExportedModel {
  readonly method: string;
  readonly benchmark: string;
  readonly seed: number;
  readonly file: string;
}

/** What a campaign leaves on disk. */
export interface CampaignFiles {
  /** Absent if the campaign came to no report. */
  readonly report: string | undefined;
  readonly models: readonly ExportedModel[];
}

const reportPath = (folder: string) => join(folder, 'report.html');

/**
 * Makes sure, before a campaign works, that its files can be written; those of one that is done are
 * known already.
 *
 * @param campaign as found; it need not be submitted yet
 * @throws Failure (bad input) with every file that may not be written
 */
export async function checkCampaignFolder(
  services: Services,
  campaign: Run,
  folder: CampaignFolder,
  rules: OverwriteRules,
  signal: AbortSignal,
): Promise<void> {
  const done = campaign.state === RunState.RUN_STATE_SUCCEEDED;
  const planned = done ? await doneFiles(services, campaign.id, folder, signal) : plannedFiles(campaign, folder.path);
  await standingOf(planned, { ...rules, owned: folder.owns });
}

async function doneFiles(
  services: Services,
  id: string,
  folder: CampaignFolder,
  signal: AbortSignal,
): Promise<readonly PlannedFile[]> {
  const { files } = filesOf(services, await campaignOf(services, id), folder, signal);
  return [...files, await folder.manifest(files)];
}

function plannedFiles({ spec }: Run, folder: string): PlannedFile[] {
  const names = membersOf(campaignSchema.parse(spec)).flatMap(
    ({ name: method, benchmark: { name: benchmark }, seed, retrain }) =>
      retrain.map((_, training) =>
        modelFileName({ benchmark, method, seed, ...(retrain.length > 1 ? { training } : {}) }),
      ),
  );
  return [reportPath(folder), ...names.map((name) => join(folder, name)), manifestPath(folder)].map(unknownFile);
}

/**
 * Writes a campaign's report and every trained model into a folder; the report's links lead to the
 * models.
 */
export async function writeCampaignFiles(
  services: Services,
  found: WholeCampaign,
  folder: CampaignFolder,
  rules: OverwriteRules,
  output: Output,
  signal: AbortSignal,
): Promise<CampaignFiles> {
  const { files, ...named } = filesOf(services, found, folder, signal);
  if (files.length > 0) {
    await writeFiles([...files, await folder.manifest(files)], { ...rules, owned: folder.owns }, output);
  }
  return named;
}

function filesOf(
  services: Services,
  found: WholeCampaign,
  folder: CampaignFolder,
  signal: AbortSignal,
): CampaignFiles & { readonly files: readonly OutputFile[] } {
  const files: OutputFile[] = [];
  const models: ExportedModel[] = [];
  const add = (digest: string, path: string) => files.push(artifactFile(path, services, digest, signal));
  for (const member of found.members) {
    const { method, benchmark, seed } = member;
    for (const { run, training } of succeededTrainings(member)) {
      const digest = resultText(run, 'onnx');
      if (digest === undefined) continue;
      const name = modelFileName({ method, benchmark, seed, ...(training === undefined ? {} : { training }) });
      const file = join(folder.path, name);
      add(digest, file);
      models.push({ method, benchmark, seed, file });
    }
  }
  const digest = found.campaign === undefined ? undefined : resultText(found.campaign, 'report');
  if (digest === undefined) return { files, report: undefined, models };
  const report = reportPath(folder.path);
  add(digest, report);
  return { files, report, models };
}

/** Trainings are numbered only where a genotype was retrained more than once. */
function succeededTrainings(member: CampaignMember): { run: Run; training: number | undefined }[] {
  const several = member.trainings.length > 1;
  return member.trainings.flatMap((run, index) =>
    run.state === RunState.RUN_STATE_SUCCEEDED ? [{ run, training: several ? index : undefined }] : [],
  );
}
