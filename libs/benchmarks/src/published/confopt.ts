import { type Paper, type PublishedTable, readTable } from './table.js';

const paper: Paper = {
  id: 'confopt',
  title: 'confopt: A Library for Implementation and Evaluation of Gradient-based One-Shot NAS Methods',
  authors: 'Jha, Moradian, Krishnakumar, Rapp, Hutter',
  year: 2025,
  url: 'https://arxiv.org/abs/2507.16533',
};

/** A table of mean and maximum test accuracy over nine hyperparameter sets, of one benchmark. */
function accuracies(number: number, benchmark: string, text: string): PublishedTable {
  const column = (measure: string) => ({ name: measure, unit: '%', goal: 'max', measure, of: benchmark }) as const;
  return readTable({
    paper,
    number,
    caption: `Test Accuracy for ${benchmark}`,
    columns: [column('mean test accuracy'), column('maximum test accuracy')],
    text,
  });
}

const METHODS = ['DARTS', 'DrNAS', 'Fair DARTS', 'GDAS', 'OLES', 'PC-DARTS', 'SmoothDARTS'];

/** A table of printed ranks, by group of benchmarks. */
function ranks(number: number, caption: string, text: string): PublishedTable {
  return readTable({
    paper,
    number,
    caption,
    rowsAre: 'benchmarks',
    labels: ['benchmark'],
    columns: METHODS.map((method) => ({ name: method, unit: 'rank', goal: 'min', measure: 'rank', of: method })),
    text,
  });
}

/** Tables 2 to 13 of confopt (Jha et al. 2025, appendix A). */
export const CONFOPT_TABLES: readonly PublishedTable[] = [
  accuracies(
    2,
    'Deep x Regular',
    `
DARTS | 84.92±2.90 | 88.49
GDAS | 85.30±3.70 | 89.68
PC-DARTS | 83.15±5.52 | 90.03
Fair DARTS | 83.73±6.59 | 90.85
SmoothDARTS | 83.37±3.42 | 87.73
DrNAS | 85.75±3.28 | 89.75
OLES | 86.45±2.99 | 90.71`,
  ),
  accuracies(
    3,
    'Deep x No Skip',
    `
DARTS | 81.19±6.03 | 87.35
GDAS | 78.48±6.63 | 86.54
PC-DARTS | 75.37±9.16 | 86.02
Fair DARTS | 79.19±8.80 | 88.15
SmoothDARTS | 77.87±8.74 | 87.06
DrNAS | 83.04±6.36 | 89.49
OLES | 81.25±7.23 | 88.85`,
  ),
  accuracies(
    4,
    'Deep x All Skip',
    `
DARTS | 81.44±6.21 | 88.34
GDAS | 81.03±5.38 | 87.33
PC-DARTS | 81.38±6.86 | 88.84
Fair DARTS | 79.56±7.02 | 87.05
SmoothDARTS | 74.96±5.86 | 81.72
DrNAS | 80.86±6.79 | 88.02
OLES | 79.16±6.17 | 85.70`,
  ),
  accuracies(
    5,
    'Wide x Regular',
    `
DARTS | 87.63±2.31 | 90.41
GDAS | 88.30±2.16 | 91.30
PC-DARTS | 87.57±2.53 | 90.93
Fair DARTS | 87.35±2.53 | 90.73
SmoothDARTS | 86.51±2.48 | 89.80
DrNAS | 87.91±2.50 | 90.94
OLES | 87.77±2.31 | 90.63`,
  ),
  accuracies(
    6,
    'Wide x No Skip',
    `
DARTS | 87.74±2.52 | 91.05
GDAS | 88.69±2.38 | 91.88
PC-DARTS | 88.33±2.43 | 91.44
Fair DARTS | 87.61±2.53 | 91.01
SmoothDARTS | 87.85±2.50 | 90.99
DrNAS | 88.20±2.53 | 91.20
OLES | 87.81±2.68 | 91.16`,
  ),
  accuracies(
    7,
    'Wide x All Skip',
    `
DARTS | 83.54±3.07 | 87.02
GDAS | 88.35±2.65 | 91.76
PC-DARTS | 88.39±2.71 | 91.66
Fair DARTS | 86.32±3.08 | 90.08
SmoothDARTS | 87.47±2.80 | 90.60
DrNAS | 86.31±2.84 | 89.76
OLES | 87.51±2.81 | 90.61`,
  ),
  accuracies(
    8,
    'Single Cell x Regular',
    `
DARTS | 76.04±2.05 | 78.35
GDAS | 85.18±2.13 | 87.72
PC-DARTS | 86.84±2.36 | 89.54
Fair DARTS | 86.08±2.21 | 88.68
SmoothDARTS | 80.62±2.53 | 83.25
DrNAS | 85.20±2.14 | 88.16
OLES | 81.20±2.19 | 84.09`,
  ),
  accuracies(
    9,
    'Single Cell x No Skip',
    `
DARTS | 72±1.45 | 73.9
GDAS | 84.03±2.22 | 87.01
PC-DARTS | 85.90±2.37 | 89.16
Fair DARTS | 83.19±2.47 | 85.98
SmoothDARTS | 82.98±2.51 | 86.01
DrNAS | 86.39±1.98 | 88.95
OLES | 78.10±1.87 | 80.30`,
  ),
  accuracies(
    10,
    'Single Cell x All Skip',
    `
DARTS | 83.74±2.67 | 87.00
GDAS | 84.89±2.49 | 87.63
PC-DARTS | 85.60±2.78 | 89.25
Fair DARTS | 84.76±2.50 | 87.28
SmoothDARTS | 81.27±2.83 | 84.50
DrNAS | 85.58±2.82 | 89.23
OLES | 84.83±2.77 | 88.42`,
  ),
  ranks(
    11,
    'Ranking of methods across operation sets.',
    `
All-skip | 6 | 3 | 5 | 2 | 4 | 1 | 7
No-skip | 7 | 1 | 3 | 2 | 6 | 4 | 5
Regular | 7 | 1 | 4 | 2 | 5 | 3 | 6`,
  ),
  ranks(
    12,
    'Ranking of methods across supernet variants.',
    `
Deep | 2 | 1 | 5 | 4 | 3 | 6 | 7
Single-cell | 7 | 2 | 4 | 3 | 6 | 1 | 5
Wide | 7 | 4 | 6 | 1 | 3 | 2 | 5`,
  ),
  ranks(
    13,
    'Ranking of NAS methods on the DARTS-Bench-Suite.',
    `
Deep x All Skip | 1 | 4 | 5 | 3 | 6 | 2 | 7
Deep x No Skip | 3 | 1 | 4 | 5 | 2 | 7 | 6
Deep x Regular | 4 | 2 | 5 | 3 | 1 | 7 | 6
Single Cell x All Skip | 6 | 2 | 5 | 3 | 4 | 1 | 7
Single Cell x No Skip | 7 | 1 | 4 | 3 | 6 | 2 | 5
Single Cell x Regular | 7 | 3 | 2 | 4 | 5 | 1 | 6
Wide x All Skip | 7 | 6 | 5 | 2 | 3 | 1 | 4
Wide x No Skip | 6 | 3 | 7 | 1 | 5 | 2 | 4
Wide x Regular | 4 | 2 | 6 | 1 | 3 | 5 | 7`,
  ),
];
