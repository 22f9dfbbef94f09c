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
