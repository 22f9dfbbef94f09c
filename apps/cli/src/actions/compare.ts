import {
  type Comparison,
  comparisonTable,
  controlTable,
  directionSentence,
  type TableInput,
} from '@oneshot/evaluation';
import type { ScoreOptions } from '../input/score-options.js';
import { formatTable } from '../output/table.js';
import { fileChunks, readScoreInputs, scoreTask, tableName } from '../scores/read-input.js';
import { type DocumentOptions, sentenceLines, type Told, tellResult } from '../scores/tell-result.js';

export interface CompareActionOptions extends ScoreOptions, DocumentOptions {
  readonly methods?: readonly string[];
  readonly control?: string;
  readonly curves?: string;
}

const documents = {
  markdown: 'comparison.md',
  latex: 'comparison.tex',
  csv: 'pairs.csv',
  json: 'comparison.json',
};

/** What `oneshot compare` does. */
export async function compare(inputs: readonly string[], options: CompareActionOptions): Promise<void> {
  const { methods, control, curves } = options;
  const tables: TableInput[] = await readScoreInputs(inputs, options);
  if (curves !== undefined) tables.push({ name: tableName(curves), role: 'curves', chunks: fileChunks(curves) });
  const task = {
    kind: 'compare',
    ...scoreTask(options),
    ...(methods === undefined ? {} : { methods }),
    ...(control === undefined ? {} : { control }),
    files: options.out === undefined ? 'data' : 'all',
  } as const;
  const text = (told: Told<Comparison>, files: number) => comparisonText(told, options, files);
  await tellResult(task, tables, options, { inputs: [...inputs, curves], type: 'comparison', documents, text });
}

function comparisonText(told: Told<Comparison>, { control, out }: CompareActionOptions, files: number): string {
  const pairs = comparisonTable(told);
  const lines = [formatTable(pairs.columns, pairs.rows), directionSentence(told.analysis)];
  if (control !== undefined && told.againstControl.length > 0) {
    const table = controlTable(told, control);
    lines.push('', `${table.title}:`, formatTable(table.columns, table.rows));
  }
  lines.push('', 'What may not be concluded:', ...sentenceLines(told.conclusions.mayNot));
  if (out !== undefined) lines.push('', `${files} files in ${out}`);
  return lines.join('\n');
}
