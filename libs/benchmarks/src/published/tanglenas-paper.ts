import type { Paper } from './table.js';

export const TANGLENAS: Paper = {
  id: 'tanglenas',
  title: 'Weight-Entanglement Meets Gradient-Based Neural Architecture Search (TangleNAS)',
  authors: 'Sukthanker, Krishnakumar, Safari, Hutter',
  year: 2023,
};

export const LABELS = ['method', 'search type', 'supernet'];
export const PORTION_LABELS = [...LABELS, 'train portion'];
