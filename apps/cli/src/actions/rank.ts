import { type Conclusions, type DocumentFormat, type RankAnalysis, rankingTable } from '@oneshot/evaluation';
import type { ServiceOptions } from '../input/common-options.js';
import type { ScoreOptions } from '../input/score-options.js';
import { createOutput } from '../output/output.js';
import { formatTable } from '../output/table.js';
import { wrap } from '../output/wrap.js';
import { readScoreInputs, scoreTask } from '../scores/read-input.js';
import { readFileOf, readJsonFile, withTableWork } from '../scores/table-work.js';
import { writeFiles } from '../scores/write-files.js';

export interface RankOptions extends ScoreOptions, ServiceOptions {
  readonly format?: DocumentFormat;
  readonly out?: string;
}

type Told = RankAnalysis & { readonly conclusions: Conclusions; readonly leftOut: readonly string[] };

const documents: Readonly<Record<DocumentFormat, string>> = {
  markdown: 'report.md',
  latex: 'report.tex',
  csv: 'ranking.csv',
  json: 'report.json',
};

/** What `oneshot rank` does. */
export async function rank(inputs: readonly string[], options: RankOptions): Promise<void> {
  const output = createOutput(options.json === true);
  const tables = await readScoreInputs(inputs, options);
  const task = { kind: 'rank', ...scoreTask(options), files: options.out === undefined ? 'data' : 'all' } as const;
  await withTableWork(task, tables, options, async (files) => {
    const written = options.out === undefined ? [] : await writeFiles(files, options.out);
    if (options.format !== undefined && !output.json) {
      process.stdout.write(await readFileOf(files, documents[options.format]));
      return;
    }
    const told = await readJsonFile<Told>(files, documents.json);
    if (told.leftOut.length > 0) output.remark(`Left out, as not every input has them: ${told.leftOut.join(', ')}.`);
    output.result(() => rankingText(told, options.out, written.length), { type: 'ranking', ...told, files: written });
  });
}

function rankingText(told: Told, folder: string | undefined, files: number): string {
  const { columns, rows } = rankingTable(told);
  const { may, mayNot } = told.conclusions;
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
