import type { DataTable } from '@oneshot/plots';
import type { TextTable } from '../documents/text-table.js';
import { formatScore } from '../words/numbers.js';
import type { Comparison } from './compare-methods.js';

const p = (value: number | null) => (value === null ? '' : value < 0.0001 ? '<0.0001' : value.toFixed(4));

/** Every pair with differences, tests and effect sizes. */
export function comparisonTable({ pairs, analysis }: Comparison): TextTable {
  const signed = (value: number) => `${value > 0 ? '+' : ''}${formatScore(value)}`;
  return {
    title: `Pairs of methods by ${analysis.measure}`,
    columns: [
      { name: 'better ranked' },
      { name: 'other' },
      { name: 'difference', number: true },
      { name: '95 % interval', number: true },
      { name: 'wins/ties/losses', number: true },
      { name: 'Wilcoxon p', number: true },
      { name: 'Holm p', number: true },
      { name: 'A₁₂', number: true },
      { name: 'effect' },
      { name: 'told apart' },
    ],
    rows: pairs.map((pair) => [
      pair.a,
      pair.b,
      signed(pair.difference),
      pair.interval === null ? '' : `${signed(pair.interval.low)} to ${signed(pair.interval.high)}`,
      `${pair.wins}/${pair.ties}/${pair.losses}`,
      p(pair.wilcoxonP),
      p(pair.wilcoxonHolmP),
      pair.a12.toFixed(2),
      pair.magnitude,
      pair.significant ? 'yes' : 'no',
    ]),
  };
}

/** Every method against the control. */
export function controlTable({ againstControl }: Comparison, control: string): TextTable {
  return {
    title: `Against ${control}, by average ranks`,
    columns: [
      { name: 'method' },
      { name: 'z', number: true },
      { name: 'p', number: true },
      { name: 'Holm p', number: true },
      { name: 'ranks' },
    ],
    rows: againstControl.map(({ method, z, pValue, holmP }) => [
      method,
      z.toFixed(2),
      p(pValue),
      p(holmP),
      z > 0 ? 'behind the control' : z < 0 ? 'before the control' : 'with the control',
    ]),
  };
}

/** The pairs for programs. */
export function comparisonData({ pairs }: Comparison): DataTable {
  return {
    columns: [
      'a',
      'b',
      'difference',
      'interval low',
      'interval high',
      'typical difference',
      'wins',
      'ties',
      'losses',
      'sign p (Holm)',
      'Nemenyi p',
      'Wilcoxon p',
      'Wilcoxon p (Holm)',
      'A12',
      'Cliff delta',
      'effect',
      'told apart',
    ],
    rows: pairs.map((pair) => [
      pair.a,
      pair.b,
      pair.difference,
      pair.interval?.low ?? null,
      pair.interval?.high ?? null,
      pair.typicalDifference,
      pair.wins,
      pair.ties,
      pair.losses,
      pair.signP,
      pair.nemenyiP,
      pair.wilcoxonP,
      pair.wilcoxonHolmP,
      pair.a12,
      pair.cliffsDelta,
      pair.magnitude,
      pair.significant ? 'yes' : 'no',
    ]),
  };
}
