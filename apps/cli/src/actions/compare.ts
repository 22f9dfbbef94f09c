import {
  type Comparison,
  type Conclusions,
  comparisonTable,
  controlTable,
  type DocumentFormat,
  type TableInput,
} from '@oneshot/evaluation';
import type { ServiceOptions } from '../input/common-options.js';
import type { ScoreOptions } from '../input/score-options.js';
import { createOutput } from '../output/output.js';
import { formatTable } from '../output/table.js';
import { wrap } from '../output/wrap.js';
import { readScoreInputs, readTableText, scoreTask, tableName } from '../scores/read-input.js';
import { readFileOf, readJsonFile, withTableWork } from '../scores/table-work.js';
import { writeFiles } from '../scores/write-files.js';

export interface CompareActionOptions extends ScoreOptions, ServiceOptions {
  readonly methods?: readonly string[];
  readonly control?: string;
  readonly curves?: string;
  readonly format?: DocumentFormat;
  readonly out?: string;
}

type Told = Comparison & { readonly conclusions: Conclusions; readonly leftOut: readonly string[] };

const documents: Readonly<Record<DocumentFormat, string>> = {
  markdown: 'comparison.md',
  latex: 'comparison.tex',
  csv: 'pairs.csv',
  json: 'comparison.json',
};

/** What `oneshot compare` does. */
export async function compare(inputs: readonly string[], options: CompareActionOptions): Promise<void> {
  const output = createOutput(options.json === true);
  const { methods, control, curves } = options;
  const tables: TableInput[] = await readScoreInputs(inputs, options);
  if (curves !== undefined) tables.push({ name: tableName(curves), role: 'curves', text: readTableText(curves) });
  const task = {
    kind: 'compare',
    ...scoreTask(options),
    ...(methods === undefined ? {} : { methods }),
    ...(control === undefined ? {} : { control }),
    files: options.out === undefined ? 'data' : 'all',
  } as const;
  await withTableWork(task, tables, options, async (files) => {
    const written = options.out === undefined ? [] : await writeFiles(files, options.out);
    if (options.format !== undefined && !output.json) {
      process.stdout.write(await readFileOf(files, documents[options.format]));
      return;
    }
    const told = await readJsonFile<Told>(files, documents.json);
    if (told.leftOut.length > 0) output.remark(`Left out, as not every input has them: ${told.leftOut.join(', ')}.`);
    output.result(() => comparisonText(told, options, written.length), { type: 'comparison', ...told, files: written });
  });
}

function comparisonText(told: Told, { control, out }: CompareActionOptions, files: number): string {
  const pairs = comparisonTable(told);
  const lines = [formatTable(pairs.columns, pairs.rows)];
  if (control !== undefined && told.againstControl.length > 0) {
    const table = controlTable(told, control);
    lines.push('', `${table.title}:`, formatTable(table.columns, table.rows));
  }
  const limits = told.conclusions.mayNot.flatMap((sentence) => wrap(sentence, 100, '  - ', '    '));
  lines.push('', 'What may not be concluded:', ...limits);
  if (out !== undefined) lines.push('', `${files} files in ${out}`);
  return lines.join('\n');
}
