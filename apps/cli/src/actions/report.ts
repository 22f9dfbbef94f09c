import { join } from 'node:path';
import { fileName } from '@oneshot/evaluation';
import { inFolder } from '../files/output-file.js';
import { writeFiles } from '../files/write-files.js';
import type { ServiceOptions } from '../input/common-options.js';
import { type OverwriteOptions, overwriteRules } from '../input/overwrite-options.js';
import type { ScoreOptions } from '../input/score-options.js';
import { createOutput } from '../output/output.js';
import { campaignPage } from '../scores/campaign-scores.js';
import { readScoreInputs, scoreTask } from '../scores/read-input.js';
import { withTableWork } from '../scores/table-work.js';

export interface ReportOptions extends ScoreOptions, ServiceOptions, OverwriteOptions {
  readonly out?: string;
}

/** What `oneshot report` does. */
export async function report(inputs: readonly string[], options: ReportOptions): Promise<void> {
  const output = createOutput(options.json === true);
  const tables = await readScoreInputs(inputs, options);
  const [first] = tables;
  const campaign = tables.length === 1 ? first?.campaign : undefined;
  const name = fileName((first?.name ?? 'report').replace(/\.[a-z]+$/i, ''));
  // The campaign's own folder has the report that it ended with.
  const folder = options.out ?? join('oneshot-out', campaign === undefined ? name : `${name}-report`);
  const task = { kind: 'rank', ...scoreTask(options), files: 'all' } as const;
  const files = await withTableWork(task, tables, options, async (made) => {
    const pages = campaign === undefined ? [] : [await campaignPage(campaign, 'campaign.html', options)];
    return writeFiles(inFolder(folder, [...made, ...pages]), overwriteRules(options, inputs), output);
  });
  const begin = join(folder, campaign === undefined ? 'report.html' : 'campaign.html');
  output.result(() => `${files.length} files in ${folder}; begin with ${begin}`, { type: 'report', begin, files });
}
