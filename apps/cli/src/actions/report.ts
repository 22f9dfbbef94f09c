import { join } from 'node:path';
import { analyseScores, fileName, rankingFiles } from '@oneshot/evaluation';
import type { ServiceOptions } from '../input/common-options.js';
import type { ScoreOptions } from '../input/score-options.js';
import { createOutput } from '../output/output.js';
import { fetchCampaignReport } from '../scores/campaign-scores.js';
import { readScoreInput } from '../scores/read-input.js';
import { reportSource } from '../scores/report-source.js';
import { writeFiles } from '../scores/write-files.js';

export interface ReportOptions extends ScoreOptions, ServiceOptions {
  readonly out?: string;
}

/** What `oneshot report` does. */
export async function report(input: string, options: ReportOptions): Promise<void> {
  const output = createOutput(options.json === true);
  const scores = await readScoreInput(input, options);
  const analysis = analyseScores(scores.set, { alpha: options.alpha, postHoc: options.test });
  const folder = options.out ?? join('oneshot-out', fileName(scores.name.replace(/\.[a-z]+$/i, '')));
  const files = await writeFiles(
    rankingFiles(analysis, reportSource(input, scores.name, scores.source, options)),
    folder,
  );
  if (scores.campaign !== undefined) {
    files.push(await fetchCampaignReport(scores.campaign, join(folder, 'campaign.html'), options));
  }
  const begin = join(folder, scores.campaign === undefined ? 'report.html' : 'campaign.html');
  output.result(() => `${files.length} files in ${folder}; begin with ${begin}`, { type: 'report', begin, files });
}
