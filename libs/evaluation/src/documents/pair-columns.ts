import type { PairResult } from '../analysis/rank-analysis.js';
import { formatPCell } from '../words/numbers.js';
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
  nemenyi: { name: 'Nemenyi p', number: true, cell: ({ nemenyiP }) => formatPCell(nemenyiP) },
  wilcoxon: { name: 'Wilcoxon p', number: true, cell: ({ wilcoxonP }) => formatPCell(wilcoxonP) },
  holm: { name: 'Holm p', number: true, cell: ({ wilcoxonHolmP }) => formatPCell(wilcoxonHolmP) },
  a12: { name: 'A₁₂', number: true, cell: ({ a12 }) => a12.toFixed(2) },
  cliff: { name: 'Cliff’s δ', number: true, cell: ({ cliffsDelta }) => cliffsDelta.toFixed(2) },
  effect: { name: 'effect', cell: ({ magnitude }) => magnitude },
  apart: { name: 'told apart', cell: ({ significant }) => (significant ? 'yes' : 'no') },
} as const satisfies Readonly<Record<string, TextColumn<PairResult>>>;

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
  { name: 'A12', cell: ({ a12 }) => a12 },
  { name: 'Cliff delta', cell: ({ cliffsDelta }) => cliffsDelta },
  { name: 'effect', cell: ({ magnitude }) => magnitude },
  { name: 'told apart', cell: ({ significant }) => (significant ? 'yes' : 'no') },
];
