import {
  type Comparison,
  combineScores,
  compareDocument,
  compareMethods,
  comparisonFiles,
  comparisonTable,
  conclude,
  controlTable,
  type DocumentFormat,
  selectMethods,
} from '@oneshot/evaluation';
import type { ServiceOptions } from '../input/common-options.js';
import type { ScoreOptions } from '../input/score-options.js';
import { createOutput } from '../output/output.js';
import { formatTable } from '../output/table.js';
import { wrap } from '../output/wrap.js';
import { readScoreInput, readTableText, refusing, type ScoreInput } from '../scores/read-input.js';
import { writeFiles } from '../scores/write-files.js';

export interface CompareActionOptions extends ScoreOptions, ServiceOptions {
  readonly methods?: readonly string[];
  readonly control?: string;
  readonly curves?: string;
  readonly format?: DocumentFormat;
  readonly out?: string;
}

/** What `oneshot compare` does. */
export async function compare(inputs: readonly string[], options: CompareActionOptions): Promise<void> {
  const output = createOutput(options.json === true);
  const read: ScoreInput[] = [];
  for (const input of inputs) read.push(await readScoreInput(input, options));
  const { set, leftOut } = refusing(inputs.join(', '), () => combineScores(read));
  if (leftOut.length > 0) output.remark(`Left out, as not every input has them: ${leftOut.join(', ')}.`);
  const { control, curves } = options;
  const comparison = refusing(inputs.join(', '), () =>
    compareMethods(options.methods === undefined ? set : selectMethods(set, options.methods), {
      alpha: options.alpha,
      postHoc: options.test,
      ...(control === undefined ? {} : { control }),
    }),
  );
  const extra = {
    ...(control === undefined ? {} : { control }),
    ...(curves === undefined ? {} : { curves: readTableText(curves) }),
  };
  const files =
    options.out === undefined
      ? []
      : await refusingLater(curves ?? '', () => writeFiles(comparisonFiles(comparison, extra), options.out ?? ''));
  if (options.format !== undefined && !output.json) {
    process.stdout.write(compareDocument(comparison, options.format, control));
    return;
  }
  const conclusions = conclude(comparison.analysis);
  output.result(() => comparisonText(comparison, control, files.length, options.out), {
    type: 'comparison',
    ...comparison,
    conclusions,
    leftOut,
    files,
  });
}

async function refusingLater<Result>(input: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    return refusing(input, () => {
      throw error;
    });
  }
}

function comparisonText(
  comparison: Comparison,
  control: string | undefined,
  files: number,
  folder: string | undefined,
): string {
  const pairs = comparisonTable(comparison);
  const { mayNot } = conclude(comparison.analysis);
  const lines = [formatTable(pairs.columns, pairs.rows)];
  if (control !== undefined && comparison.againstControl.length > 0) {
    const table = controlTable(comparison, control);
    lines.push('', `${table.title}:`, formatTable(table.columns, table.rows));
  }
  lines.push('', 'What may not be concluded:', ...mayNot.flatMap((sentence) => wrap(sentence, 100, '  - ', '    ')));
  if (folder !== undefined) lines.push('', `${files} files in ${folder}`);
  return lines.join('\n');
}
