import type { Paper } from './table.js';

export const TANGLENAS: Paper = {
  id: 'tanglenas',
  title: 'Weight-Entanglement Meets Gradient-Based Neural Architecture Search (TangleNAS)',
  authors: 'Sukthanker, Krishnakumar, Safari, Hutter',
  year: 2023,
};

export const LABELS = ['method', 'search type', 'supernet'];
/** The part of the training images that searches had; of one method there is a row for each. */
export const PORTION = ['train portion'];
export const PORTION_LABELS = [...LABELS, ...PORTION];

/** The best architecture of the space, which no method found. */
export const OPTIMUM = ['Optimum'];
