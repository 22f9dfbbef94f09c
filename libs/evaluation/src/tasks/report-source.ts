import type { Combined } from '../compare/combine.js';
import type { ReportSource } from '../report/rank-page.js';
import { directionSentence } from '../words/direction.js';
import { testNames } from '../words/test-names.js';
import type { TableTask } from './table-task.js';
import type { DigestedTable } from './with-digest.js';

/** What a report tells of where its scores came from, and how to make it again. */
export function reportSource(
  task: TableTask & { kind: 'rank' },
  tables: readonly DigestedTable[],
  { set, leftOut }: Combined,
  software: string,
): ReportSource {
  const { analysis, reading } = task;
  const names = tables.map(({ name }) => name);
  return {
    name: names.join(', '),
    leftOut,
    setting: [
      ...tables.map(({ name, digest }) => ({ label: 'scores', value: `${name}, sha256 ${digest()}` })),
      ...(leftOut.length === 0 ? [] : [{ label: 'left out, as not every input has them', value: leftOut.join(', ') }]),
      ...(reading.without === undefined ? [] : [{ label: 'left out as asked', value: reading.without.join(', ') }]),
      { label: 'better', value: directionSentence(set) },
      { label: 'level', value: `${analysis.alpha ?? 0.05}, family-wise` },
      { label: 'test of pairs', value: testNames[analysis.postHoc ?? 'nemenyi'].full },
      { label: 'software', value: software },
    ],
    commands: [`oneshot report ${names.map(shellQuoted).join(' ')}${flags(task)}`],
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
    ['direction', reading.direction],
    ['measure', reading.measure],
    ['without', reading.without === undefined ? undefined : JSON.stringify(reading.without)],
    ['alpha', analysis.alpha === undefined || analysis.alpha === 0.05 ? undefined : String(analysis.alpha)],
    ['test', analysis.postHoc === 'nemenyi' ? undefined : analysis.postHoc],
  ];
  return given.flatMap(([name, value]) => (value === undefined ? [] : [` --${name} ${shellQuoted(value)}`])).join('');
}

function shellQuoted(text: string): string {
  return /^[A-Za-z0-9._/:@%+=-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
