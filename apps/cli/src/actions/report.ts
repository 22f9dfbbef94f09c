import { join } from 'node:path';
import { fileName } from '@oneshot/evaluation';
import type { ServiceOptions } from '../input/common-options.js';
import type { ScoreOptions } from '../input/score-options.js';
import { createOutput } from '../output/output.js';
import { fetchCampaignReport } from '../scores/campaign-scores.js';
import { readScoreInputs, scoreTask } from '../scores/read-input.js';
import { withTableWork } from '../scores/table-work.js';
import { writeFiles } from '../scores/write-files.js';

export interface ReportOptions extends ScoreOptions, ServiceOptions {
  readonly out?: string;
}

/** What `oneshot report` does. */
export async function report(inputs: readonly string[], options: ReportOptions): Promise<void> {
  const output = createOutput(options.json === true);
  const tables = await readScoreInputs(inputs, options);
  const [first] = tables;
  const campaign = tables.length === 1 ? first?.campaign : undefined;
  const folder = options.out ?? join('oneshot-out', fileName((first?.name ?? 'report').replace(/\.[a-z]+$/i, '')));
  const task = { kind: 'rank', ...scoreTask(options), files: 'all' } as const;
  const files = await withTableWork(task, tables, options, (made) => writeFiles(made, folder));
  if (campaign !== undefined) {
    files.push(await fetchCampaignReport(campaign, join(folder, 'campaign.html'), options));
  }
  const begin = join(folder, campaign === undefined ? 'report.html' : 'campaign.html');
  output.result(() => `${files.length} files in ${folder}; begin with ${begin}`, { type: 'report', begin, files });
}
