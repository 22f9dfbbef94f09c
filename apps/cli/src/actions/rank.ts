import { directionSentence, type RankAnalysis, rankingTable } from '@oneshot/evaluation';
import type { ScoreOptions } from '../input/score-options.js';
import { formatTable } from '../output/table.js';
import { readScoreInputs, scoreTask } from '../scores/read-input.js';
import { type DocumentOptions, sentenceLines, type Told, tellResult } from '../scores/tell-result.js';

export interface RankOptions extends ScoreOptions, DocumentOptions {}

const documents = { markdown: 'report.md', latex: 'report.tex', csv: 'ranking.csv', json: 'report.json' };

/** What `oneshot rank` does. */
export async function rank(inputs: readonly string[], options: RankOptions): Promise<void> {
  const tables = await readScoreInputs(inputs, options);
  const task = { kind: 'rank', ...scoreTask(options), files: options.out === undefined ? 'data' : 'all' } as const;
  const text = (told: Told<RankAnalysis>, files: number) => rankingText(told, options.out, files);
  await tellResult(task, tables, options, { inputs, type: 'ranking', documents, text });
}

/** Names of rows that tables have for comparison only. */
const noMethod = /^(optim(um|al)|oracle|human|upper bound|lower bound|chance|ground truth)\b/i;

function shellQuoted(name: string): string {
  return /^[\w.-]+$/.test(name) ? name : `'${JSON.stringify([name]).replaceAll("'", "'\\''")}'`;
}

function rankingText(told: Told<RankAnalysis>, folder: string | undefined, files: number): string {
  const { columns, rows } = rankingTable(told);
  const { may, mayNot } = told.conclusions;
  const bounds = told.methods.map(({ method }) => method).filter((name) => noMethod.test(name));
  const lines = [
    formatTable(columns, rows),
    directionSentence(told),
    '',
    'What may be concluded:',
    ...sentenceLines(may),
    'What may not be concluded:',
    ...sentenceLines(mayNot),
    ...bounds.map((name) => `Is ${name} a method? If not: --without ${shellQuoted(name)}`),
  ];
  if (folder !== undefined) lines.push('', `${files} files in ${folder}; begin with ${folder}/report.html`);
  return lines.join('\n');
}
