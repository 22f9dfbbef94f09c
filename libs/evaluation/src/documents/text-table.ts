import { type Emphasis, emphasisNote } from './emphasis.js';

/** A table as people read it: cells are text already. */
export interface TextTable {
  readonly title: string;
  readonly columns: readonly { readonly name: string; readonly number?: boolean }[];
  readonly rows: readonly (readonly string[])[];
  /** `[rows][columns]`, for documents that can set them apart. Default: no cell stands out. */
  readonly emphasis?: readonly (readonly Emphasis[])[];
}

/** GitHub's Markdown. */
export function markdownTable({ title, columns, rows, emphasis }: TextTable): string {
  const escaped = (text: string) => text.replace(/[\\|`*_<>]/g, '\\$&').replace(/\s+/g, ' ');
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [
    `### ${escaped(title)}`,
    '',
    line(columns.map(({ name }) => escaped(name))),
    line(columns.map(({ number }) => (number ? '---:' : '---'))),
    ...rows.map((row, at) => line(row.map((cell, column) => markdownCell(escaped(cell), emphasis?.[at]?.[column])))),
    '',
    ...(emphasis === undefined ? [] : [emphasisNote, '']),
  ].join('\n');
}

function markdownCell(text: string, emphasis: Emphasis): string {
  if (emphasis === undefined) return text;
  return emphasis === 'best' ? `**${text}**` : `<u>${text}</u>`;
}

const latexEscapes: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  '{': '\\{',
  '}': '\\}',
  $: '\\$',
  '&': '\\&',
  '#': '\\#',
  '%': '\\%',
  _: '\\_',
  '^': '\\textasciicircum{}',
  '~': '\\textasciitilde{}',
  '±': '$\\pm$',
  τ: '$\\tau$',
  α: '$\\alpha$',
  δ: '$\\delta$',
  χ: '$\\chi$',
  '²': '$^2$',
  '₁': '$_1$',
  '₂': '$_2$',
  '≤': '$\\leq$',
  '∞': '$\\infty$',
  '–': '--',
  '−': '$-$',
  '<': '$<$',
  '>': '$>$',
};

/** Text as it may stand in LaTeX. */
export function escapeLatex(text: string): string {
  return text.replace(/[\\{}$&#%_^~±ταδχ²₁₂≤∞–−<>]/g, (character) => latexEscapes[character] ?? character);
}

/** What a document must load for tables as `latexTable` writes them; bold and underlined cells need nothing. */
export const latexNeeds = '% Needs \\usepackage{booktabs}, and UTF-8 input, which is the default since LaTeX 2018.';

/** A `table` with booktabs rules. */
export function latexTable({ title, columns, rows, emphasis }: TextTable): string {
  const line = (cells: readonly string[]) => `    ${cells.join(' & ')} \\\\`;
  const caption = emphasis === undefined ? title : `${title}. ${emphasisNote}`;
  return [
    '\\begin{table}',
    '  \\centering',
    `  \\caption{${escapeLatex(caption)}}`,
    `  \\begin{tabular}{${columns.map(({ number }) => (number ? 'r' : 'l')).join('')}}`,
    '    \\toprule',
    line(columns.map(({ name }) => escapeLatex(name))),
    '    \\midrule',
    ...rows.map((row, at) => line(row.map((cell, column) => latexCell(escapeLatex(cell), emphasis?.[at]?.[column])))),
    '    \\bottomrule',
    '  \\end{tabular}',
    '\\end{table}',
    '',
  ].join('\n');
}

function latexCell(text: string, emphasis: Emphasis): string {
  if (emphasis === undefined) return text;
  return emphasis === 'best' ? `\\textbf{${text}}` : `\\underline{${text}}`;
}
