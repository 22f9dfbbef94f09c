import {
  analyseScores,
  conclude,
  type DocumentFormat,
  type RankAnalysis,
  rankDocument,
  rankingFiles,
  rankingTable,
} from '@oneshot/evaluation';
import type { ServiceOptions } from '../input/common-options.js';
import type { ScoreOptions } from '../input/score-options.js';
import { createOutput } from '../output/output.js';
import { formatTable } from '../output/table.js';
import { wrap } from '../output/wrap.js';
import { readScoreInput } from '../scores/read-input.js';
import { reportSource } from '../scores/report-source.js';
import { writeFiles } from '../scores/write-files.js';

export interface RankOptions extends ScoreOptions, ServiceOptions {
  readonly format?: DocumentFormat;
  readonly out?: string;
}

/** What `oneshot rank` does. */
export async function rank(input: string, options: RankOptions): Promise<void> {
  const output = createOutput(options.json === true);
  const { set, name, source } = await readScoreInput(input, options);
  const analysis = analyseScores(set, { alpha: options.alpha, postHoc: options.test });
  const files =
    options.out === undefined
      ? []
      : await writeFiles(rankingFiles(analysis, reportSource(input, name, source, options)), options.out);
  if (options.format !== undefined && !output.json) {
    process.stdout.write(rankDocument(analysis, options.format));
    return;
  }
  const conclusions = conclude(analysis);
  output.result(() => rankingText(analysis, options.out, files.length), {
    type: 'ranking',
    ...analysis,
    conclusions,
    files,
  });
}

function rankingText(analysis: RankAnalysis, folder: string | undefined, files: number): string {
  const { columns, rows } = rankingTable(analysis);
  const { may, mayNot } = conclude(analysis);
  const list = (sentences: readonly string[]) => sentences.flatMap((sentence) => wrap(sentence, 100, '  - ', '    '));
  const lines = [
    formatTable(columns, rows),
    '',
    'What may be concluded:',
    ...list(may),
    'What may not be concluded:',
    ...list(mayNot),
  ];
  if (folder !== undefined) lines.push('', `${files} files in ${folder}; begin with ${folder}/report.html`);
  return lines.join('\n');
}
