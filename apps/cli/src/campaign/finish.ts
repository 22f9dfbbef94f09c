import { join } from 'node:path';
import { type CampaignMember, type GetCampaignResponse, type Run, RunState } from '@oneshot/contracts';
import { modelFileName } from '@oneshot/plots';
import { fetchArtifact } from '../runs/fetch-artifact.js';
import { resultText } from '../runs/result.js';
import type { Services } from '../session/services.js';

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

/** Fetches a campaign's report and every trained model into a folder; the report's links lead to the models. */
export async function fetchCampaignFiles(
  services: Services,
  found: GetCampaignResponse,
  folder: string,
  signal: AbortSignal,
): Promise<CampaignFiles> {
  const fetch = (digest: string, file: string) => fetchArtifact(services, digest, file, signal);
  const models: ExportedModel[] = [];
  for (const member of found.members) {
    for (const { run, training } of succeededTrainings(member)) {
      const digest = resultText(run, 'onnx');
      if (digest === undefined) continue;
      const file = join(folder, modelFileName({ ...member, ...(training === undefined ? {} : { training }) }));
      await fetch(digest, file);
      models.push({ method: member.method, benchmark: member.benchmark, seed: member.seed, file });
    }
  }
  const digest = found.campaign === undefined ? undefined : resultText(found.campaign, 'report');
  if (digest === undefined) return { report: undefined, models };
  const report = join(folder, 'report.html');
  await fetch(digest, report);
  return { report, models };
}

/** Trainings are numbered only where a genotype was retrained more than once. */
function succeededTrainings(member: CampaignMember): { run: Run; training: number | undefined }[] {
  const several = member.trainings.length > 1;
  return member.trainings.flatMap((run, index) =>
    run.state === RunState.RUN_STATE_SUCCEEDED ? [{ run, training: several ? index : undefined }] : [],
  );
}
