import { createHash } from 'node:crypto';
import type { ReportSource } from '../report/rank-page.js';
import type { TableInput, TableTask } from './table-task.js';

/** What a report tells of where its scores came from, and how to make it again. */
export function reportSource(task: TableTask & { kind: 'rank' }, table: TableInput, software: string): ReportSource {
  const { reading, analysis } = task;
  const digest = createHash('sha256').update(table.text).digest('hex');
  return {
    name: table.name,
    setting: [
      { label: 'scores', value: `${table.name}, sha256 ${digest}` },
      { label: 'better', value: reading.direction === 'down' ? 'smaller scores' : 'greater scores' },
      { label: 'level', value: `${analysis.alpha ?? 0.05}, family-wise` },
      {
        label: 'test of pairs',
        value: analysis.postHoc === 'wilcoxon' ? 'Wilcoxon signed-rank with Holm' : 'Nemenyi',
      },
      { label: 'software', value: software },
    ],
    commands: [`oneshot report ${shellQuoted(table.name)}${flags(task)}`],
  };
}

function flags({ reading, analysis }: TableTask): string {
  const { columns = {} } = reading;
  const given: readonly (readonly [string, string | undefined])[] = [
    ['form', reading.form],
    ['method-column', columns.method],
    ['benchmark-column', columns.benchmark],
    ['seed-column', columns.seed],
    ['value-column', columns.value],
    ['direction', reading.direction === 'down' ? 'down' : undefined],
    ['measure', reading.measure],
    ['alpha', analysis.alpha === undefined || analysis.alpha === 0.05 ? undefined : String(analysis.alpha)],
    ['test', analysis.postHoc === 'wilcoxon' ? 'wilcoxon' : undefined],
  ];
  return given.flatMap(([name, value]) => (value === undefined ? [] : [` --${name} ${shellQuoted(value)}`])).join('');
}

function shellQuoted(text: string): string {
  return /^[A-Za-z0-9._/:@%+=-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
