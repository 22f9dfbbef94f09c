/** A table as people read it: cells are text already. */
export interface TextTable {
  readonly title: string;
  readonly columns: readonly { readonly name: string; readonly number?: boolean }[];
  readonly rows: readonly (readonly string[])[];
}

/** GitHub's Markdown. */
export function markdownTable({ title, columns, rows }: TextTable): string {
  const escaped = (text: string) => text.replace(/[\\|`*_<>]/g, '\\$&').replace(/\s+/g, ' ');
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [
    `### ${escaped(title)}`,
    '',
    line(columns.map(({ name }) => escaped(name))),
    line(columns.map(({ number }) => (number ? '---:' : '---'))),
    ...rows.map((row) => line(row.map(escaped))),
    '',
  ].join('\n');
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

/** A `table` with booktabs rules. */
export function latexTable({ title, columns, rows }: TextTable): string {
  const line = (cells: readonly string[]) => `    ${cells.map(escapeLatex).join(' & ')} \\\\`;
  return [
    '\\begin{table}',
    '  \\centering',
    `  \\caption{${escapeLatex(title)}}`,
    `  \\begin{tabular}{${columns.map(({ number }) => (number ? 'r' : 'l')).join('')}}`,
    '    \\toprule',
    line(columns.map(({ name }) => name)),
    '    \\midrule',
    ...rows.map(line),
    '    \\bottomrule',
    '  \\end{tabular}',
    '\\end{table}',
    '',
  ].join('\n');
}
