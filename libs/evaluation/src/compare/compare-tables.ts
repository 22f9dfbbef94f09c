import type { DataTable } from '@oneshot/plots';
import { dataTable, type TextColumn, textTable } from '../documents/columns.js';
import { decisiveColumns, pairNames, pairTests, pairText } from '../documents/pair-columns.js';
import { betterColumn } from '../documents/rank-tables.js';
import type { TextTable } from '../documents/text-table.js';
import { betterWords } from '../words/direction.js';
import { formatPCell, formatScore } from '../words/numbers.js';
import { testNames } from '../words/test-names.js';
import type { AgainstControl, ComparedPair, Comparison } from './compare-methods.js';

/** Every pair with differences, tests and effect sizes. */
export function comparisonTable({ pairs, analysis }: Comparison): TextTable {
  const { better, other, record, a12, effect, apart } = pairText;
  const signed = (value: number) => `${value > 0 ? '+' : ''}${formatScore(value)}`;
  const differences: readonly TextColumn<ComparedPair>[] = [
    { name: 'difference', number: true, cell: ({ difference }) => signed(difference) },
    {
      name: '95 % interval',
      number: true,
      cell: ({ interval }) => (interval === null ? '' : `${signed(interval.low)} to ${signed(interval.high)}`),
    },
  ];
  const columns = [better, other, ...differences, record, ...decisiveColumns(analysis.postHoc), apart, a12, effect];
  const title = `Pairs of methods by ${analysis.measure}, of which ${betterWords(analysis)}; told apart where ${testNames[analysis.postHoc].adjusted} is at most ${analysis.alpha}`;
  return textTable(title, columns, pairs);
}

/** Every method against the control. */
export function controlTable({ againstControl }: Comparison, control: string): TextTable {
  const ranks = (z: number) => (z > 0 ? 'behind the control' : z < 0 ? 'before the control' : 'with the control');
  return textTable<AgainstControl>(
    `Against ${control}, by average ranks`,
    [
      { name: 'method', cell: ({ method }) => method },
      { name: 'z', number: true, cell: ({ z }) => z.toFixed(2) },
      { name: 'p', number: true, cell: ({ pValue }) => formatPCell(pValue) },
      { name: 'Holm p', number: true, cell: ({ holmP }) => formatPCell(holmP) },
      { name: 'ranks', cell: ({ z }) => ranks(z) },
    ],
    againstControl,
  );
}

/** The pairs for programs. */
export function comparisonData({ pairs, analysis }: Comparison): DataTable {
  return dataTable<ComparedPair>(
    [
      ...pairNames,
      { name: 'difference', cell: ({ difference }) => difference },
      { name: 'interval low', cell: ({ interval }) => interval?.low ?? null },
      { name: 'interval high', cell: ({ interval }) => interval?.high ?? null },
      { name: 'typical difference', cell: ({ typicalDifference }) => typicalDifference },
      ...pairTests,
      betterColumn(analysis),
    ],
    pairs,
  );
}
