import type { ReportSource } from '@oneshot/evaluation';
import type { ScoreOptions } from '../input/score-options.js';

/** What a report tells of where its scores came from, and how to make it again. */
export function reportSource(input: string, name: string, source: string, options: ScoreOptions): ReportSource {
  return {
    name,
    setting: [
      { label: 'scores', value: source },
      { label: 'better', value: options.direction === 'up' ? 'greater scores' : 'smaller scores' },
      { label: 'level', value: `${options.alpha}, family-wise` },
      { label: 'test of pairs', value: options.test === 'nemenyi' ? 'Nemenyi' : 'Wilcoxon signed-rank with Holm' },
      { label: 'software', value: `oneshot 0.1.0, Node ${process.versions.node}` },
    ],
    commands: [`oneshot report ${shellQuoted(input)}${flags(options)}`],
  };
}

function flags(options: ScoreOptions): string {
  const given: (readonly [string, string | undefined])[] = [
    ['form', options.form],
    ['method-column', options.methodColumn],
    ['benchmark-column', options.benchmarkColumn],
    ['seed-column', options.seedColumn],
    ['value-column', options.valueColumn],
    ['direction', options.direction === 'up' ? undefined : options.direction],
    ['measure', options.measure],
    ['alpha', options.alpha === 0.05 ? undefined : String(options.alpha)],
    ['test', options.test === 'nemenyi' ? undefined : options.test],
  ];
  return given.flatMap(([name, value]) => (value === undefined ? [] : [` --${name} ${shellQuoted(value)}`])).join('');
}

function shellQuoted(text: string): string {
  return /^[A-Za-z0-9._/:@%+=-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
