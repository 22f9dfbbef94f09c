import { type PairResult, type PostHocTest, postHocTests } from '../analysis/rank-analysis.js';
import { formatPCell } from '../words/numbers.js';
import { testNames } from '../words/test-names.js';
import type { DataColumn, TextColumn } from './columns.js';

/** What tables of pairs are made of: for people by name, for programs in order. */
export const pairText = {
  better: { name: 'better ranked', cell: ({ a }) => a },
  other: { name: 'other', cell: ({ b }) => b },
  record: {
    name: 'wins/ties/losses',
    number: true,
    cell: ({ wins, ties, losses }) => `${wins}/${ties}/${losses}`,
  },
  a12: { name: 'A₁₂', number: true, cell: ({ a12 }) => a12.toFixed(2) },
  cliff: { name: 'Cliff’s δ', number: true, cell: ({ cliffsDelta }) => cliffsDelta.toFixed(2) },
  effect: { name: 'effect', cell: ({ magnitude }) => magnitude },
  apart: { name: 'told apart', cell: ({ significant }) => (significant ? 'yes' : 'no') },
} as const satisfies Readonly<Record<string, TextColumn<PairResult>>>;

const adjustedP: Readonly<Record<PostHocTest, (pair: PairResult) => number | null>> = {
  nemenyi: ({ nemenyiP }) => nemenyiP,
  wilcoxon: ({ wilcoxonHolmP }) => wilcoxonHolmP,
  conover: ({ conoverHolmP }) => conoverHolmP,
  quade: ({ quadeHolmP }) => quadeHolmP,
};

/** p of the test that decides: of the pair alone, and adjusted for all pairs. */
export function decisiveColumns(test: PostHocTest): readonly TextColumn<PairResult>[] {
  const { name, adjusted } = testNames[test];
  return [
    { name: `${name} p, pair alone`, number: true, cell: ({ decisiveP }) => formatPCell(decisiveP) },
    { name: adjusted, number: true, cell: ({ decisiveAdjustedP }) => formatPCell(decisiveAdjustedP) },
  ];
}

/** Adjusted p of the tests that do not decide. */
export function otherColumns(test: PostHocTest): readonly TextColumn<PairResult>[] {
  return postHocTests
    .filter((other) => other !== test)
    .map((other) => ({
      name: testNames[other].adjusted,
      number: true,
      cell: (pair) => formatPCell(adjustedP[other](pair)),
    }));
}

/** Which two methods. */
export const pairNames: readonly DataColumn<PairResult>[] = [
  { name: 'a', cell: ({ a }) => a },
  { name: 'b', cell: ({ b }) => b },
];

/** How they compare. */
export const pairTests: readonly DataColumn<PairResult>[] = [
  { name: 'wins', cell: ({ wins }) => wins },
  { name: 'ties', cell: ({ ties }) => ties },
  { name: 'losses', cell: ({ losses }) => losses },
  { name: 'sign p (Holm)', cell: ({ signP }) => signP },
  { name: 'Nemenyi p', cell: ({ nemenyiP }) => nemenyiP },
  { name: 'Wilcoxon p', cell: ({ wilcoxonP }) => wilcoxonP },
  { name: 'Wilcoxon p (Holm)', cell: ({ wilcoxonHolmP }) => wilcoxonHolmP },
  { name: 'Conover p', cell: ({ conoverP }) => conoverP },
  { name: 'Conover p (Holm)', cell: ({ conoverHolmP }) => conoverHolmP },
  { name: 'Quade p', cell: ({ quadeP }) => quadeP },
  { name: 'Quade p (Holm)', cell: ({ quadeHolmP }) => quadeHolmP },
  { name: 'deciding p', cell: ({ decisiveP }) => decisiveP },
  { name: 'deciding p (adjusted)', cell: ({ decisiveAdjustedP }) => decisiveAdjustedP },
  { name: 'A12', cell: ({ a12 }) => a12 },
  { name: 'Cliff delta', cell: ({ cliffsDelta }) => cliffsDelta },
  { name: 'effect', cell: ({ magnitude }) => magnitude },
  { name: 'told apart', cell: ({ significant }) => (significant ? 'yes' : 'no') },
];
