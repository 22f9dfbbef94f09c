import { join } from 'node:path';
import { fileName } from '@oneshot/evaluation';
import type { ServiceOptions } from '../input/common-options.js';
import type { ScoreOptions } from '../input/score-options.js';
import { createOutput } from '../output/output.js';
import { fetchCampaignReport } from '../scores/campaign-scores.js';
import { readScoreInput, scoreTask } from '../scores/read-input.js';
import { withTableWork } from '../scores/table-work.js';
import { writeFiles } from '../scores/write-files.js';

export interface ReportOptions extends ScoreOptions, ServiceOptions {
  readonly out?: string;
}

/** What `oneshot report` does. */
export async function report(input: string, options: ReportOptions): Promise<void> {
  const output = createOutput(options.json === true);
  const table = await readScoreInput(input, options);
  const folder = options.out ?? join('oneshot-out', fileName(table.name.replace(/\.[a-z]+$/i, '')));
  const task = { kind: 'rank', ...scoreTask(options), files: 'all' } as const;
  const files = await withTableWork(task, [table], options, (made) => writeFiles(made, folder));
  if (table.campaign !== undefined) {
    files.push(await fetchCampaignReport(table.campaign, join(folder, 'campaign.html'), options));
  }
  const begin = join(folder, table.campaign === undefined ? 'report.html' : 'campaign.html');
  output.result(() => `${files.length} files in ${folder}; begin with ${begin}`, { type: 'report', begin, files });
}
