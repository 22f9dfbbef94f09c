import { type Emphasis, emphasisNote } from './emphasis.js';
import { escapeLatex } from './escape-latex.js';
import type { TextTable } from './text-table.js';

/**
 * What a document must load for tables as `latexTable` writes them; bold and underlined cells need
 * nothing.
 */
export const latexNeeds =
  '% Needs \\usepackage{booktabs,longtable}, and UTF-8 input, which is the default since LaTeX 2018. Tables fit one column of an article.';

interface Look {
  /** Lines of LaTeX. */
  readonly set: readonly string[];
  /** Points of a letter on average. */
  readonly character: number;
  /** Points on both sides of a column. */
  readonly gap: number;
}

/** As the tables of an article are, and smaller where they are too wide for it. */
const looks: readonly Look[] = [
  { set: [], character: 5, gap: 12 },
  { set: ['  \\footnotesize\\setlength{\\tabcolsep}{4pt}'], character: 4.3, gap: 8 },
];
const smallest: Look = { set: ['  \\scriptsize\\setlength{\\tabcolsep}{3pt}'], character: 4.2, gap: 6 };

/** `\textwidth` of an article of ten points, in points. */
const textWidth = 345;

/** Rows of a table that stands on one page of it. */
const mostRows = 40;

/**
 * A table with booktabs rules: a `table`, or a `longtable` if it has more rows than a page. One
 * that is too wide for a page of an article even in small letters becomes several, each with the
 * columns that name its rows.
 */
export function latexTable(table: TextTable): string {
  const widths = table.columns.map(({ name }, column) =>
    table.rows.reduce((widest, row) => Math.max(widest, row[column]?.length ?? 0), longest(headLines(name))),
  );
  const width = (look: Look, at: readonly number[]) =>
    at.reduce((sum, column) => sum + look.character * (widths[column] ?? 0) + look.gap, -look.gap);
  const all = [...widths.keys()];
  const look = looks.find((each) => width(each, all) <= textWidth) ?? smallest;
  const names = all.slice(0, namesOf(table));
  const panels: number[][] = [];
  for (const column of all.slice(names.length)) {
    const last = panels.at(-1);
    if (last !== undefined && width(look, [...last, column]) <= textWidth) last.push(column);
    else panels.push([...names, column]);
  }
  return panels.map((columns, part) => panel(table, columns, look, part > 0)).join('\n');
}

/**
 * How many columns say what a row is about: the first of words, those of words beside it, and what
 * is before them.
 */
function namesOf({ columns }: TextTable): number {
  const first = columns.findIndex(({ number }) => !number);
  const after = columns.findIndex(({ number }, at) => at > first && number);
  return after < 0 ? first + 1 : after;
}

function panel(
  { title, columns, rows, emphasis }: TextTable,
  shown: readonly number[],
  look: Look,
  continued: boolean,
): string {
  const line = (cells: readonly string[]) => `    ${cells.join(' & ')} \\\\`;
  const caption = `${title}${continued ? ' (continued)' : ''}${emphasis === undefined ? '' : `. ${emphasisNote}`}`;
  const head = [
    '    \\toprule',
    line(shown.flatMap((column) => columns[column] ?? []).map(latexHead)),
    '    \\midrule',
  ];
  const body = rows.map((row, at) =>
    line(shown.map((column) => latexCell(escapeLatex(row[column] ?? ''), emphasis?.[at]?.[column]))),
  );
  const form = shown.map((column) => (columns[column]?.number ? 'r' : 'l')).join('');
  if (rows.length <= mostRows) {
    return [
      '\\begin{table}',
      '  \\centering',
      `  \\caption{${escapeLatex(caption)}}`,
      ...look.set,
      `  \\begin{tabular}{${form}}`,
      ...head,
      ...body,
      '    \\bottomrule',
      '  \\end{tabular}',
      '\\end{table}',
      '',
    ].join('\n');
  }
  return [
    '{',
    ...look.set,
    `  \\begin{longtable}{${form}}`,
    `    \\caption{${escapeLatex(caption)}} \\\\`,
    ...head,
    '    \\endfirsthead',
    ...head,
    '    \\endhead',
    '    \\bottomrule',
    '    \\endfoot',
    ...body,
    '  \\end{longtable}',
    '}',
    '',
  ].join('\n');
}

/** A column's name on at most two lines, of which the longer is as short as can be. */
function headLines(name: string): readonly string[] {
  const words = name.split(' ');
  return words
    .map((_, at) => [words.slice(0, at).join(' '), words.slice(at).join(' ')].filter((line) => line !== ''))
    .reduce((best, lines) => (longest(lines) < longest(best) ? lines : best), [name]);
}

function longest(lines: readonly string[]): number {
  return Math.max(...lines.map(({ length }) => length));
}

function latexHead({ name, number }: TextTable['columns'][number]): string {
  const lines = headLines(name).map(escapeLatex);
  return lines.length > 1 ? `\\shortstack[${number ? 'r' : 'l'}]{${lines.join(' \\\\ ')}}` : lines.join('');
}

function latexCell(text: string, emphasis: Emphasis): string {
  if (emphasis === undefined) return text;
  return emphasis === 'best' ? `\\textbf{${text}}` : `\\underline{${text}}`;
}
