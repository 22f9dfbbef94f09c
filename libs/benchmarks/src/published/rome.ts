import { error, type Paper, type PublishedTable, plain, readTable } from './table.js';

const paper: Paper = {
  id: 'rome',
  title: 'ROME: Robustifying Memory-Efficient NAS via Topology Disentanglement and Gradient Accumulation',
  authors: 'Wang, Chu, Fan, Zhang, Zhang, Yang, Yan',
  year: 2023,
};

const REPORTED =
  'Superscripts of the paper, which tell results reproduced from results reported by others, are left out.';

/** Tables 1 to 7 of ROME (Wang et al. 2023). */
export const ROME_TABLES: readonly PublishedTable[] = [
  readTable({
    paper,
    number: 1,
    caption:
      'Comparison in 4 search spaces and 3 datasets; average of 3 independent searches under the settings of RobustDARTS.',
    rowsAre: 'benchmarks',
    labels: ['benchmark'],
    columns: [
      ...['DARTS', 'R-DARTS ES', 'R-DARTS ADA', 'GDAS'].map((method) => error(method)),
      plain('GDAS parameterless', 'operations'),
      error('ROME'),
      plain('ROME parameterless', 'operations'),
    ],
    text: `
CIFAR-10 S1 | 4.66±0.71 | 3.05±0.07 | 3.03±0.08 | 2.89±0.09 | 3.8±0.4 | 2.66±0.06 | 1.3±0.4
CIFAR-10 S2 | 4.42±0.40 | 3.41±0.14 | 3.59±0.31 | 3.89±0.17 | 6.0±0.7 | 3.14±0.14 | 2.0±0.0
CIFAR-10 S3 | 4.12±0.85 | 3.71±1.14 | 2.99±0.34 | 3.04±0.10 | 6.5±0.5 | 2.61±0.00 | 2.0±0.0
CIFAR-10 S4 | 6.95±0.18 | 4.17±0.21 | 3.89±0.67 | 3.34±0.10 | 0.0±0.0 | 3.21±0.12 | 0.0±0.0
CIFAR-100 S1 | 29.93±0.41 | 28.90±0.81 | 24.94±0.81 | 24.49±0.08 | 4.0±0.0 | 22.71±0.71 | 2.3±0.4
CIFAR-100 S2 | 28.75±0.92 | 24.68±1.43 | 26.88±1.11 | 24.57±0.47 | 6.3±0.4 | 22.91±0.75 | 3.5±0.5
CIFAR-100 S3 | 29.01±0.24 | 26.99±1.79 | 24.55±0.63 | 22.86±0.17 | 3.0±0.7 | 22.43±0.36 | 2.5±0.5
CIFAR-100 S4 | 24.77±1.51 | 23.90±2.01 | 23.66±0.90 | 24.14±0.89 | 2.3±1.1 | 20.95±0.45 | 0.0±0.0
SVHN S1 | 9.88±5.50 | 2.80±0.09 | 2.59±0.07 | 2.48±0.04 | 2.8±0.4 | 2.34±0.06 | 0.8±0.4
SVHN S2 | 3.69±0.12 | 2.68±0.18 | 2.79±0.22 | 3.05±0.02 | 7.8±0.4 | 2.41±0.07 | 1.0±0.0
SVHN S3 | 4.00±1.01 | 2.78±0.29 | 2.58±0.07 | 3.62±0.36 | 7.5±0.5 | 2.56±0.03 | 1.5±0.5
SVHN S4 | 2.90±0.02 | 2.55±0.15 | 2.52±0.06 | 2.51±0.06 | 1.5±1.5 | 2.34±0.00 | 0.0±0.0`,
    notes: ['DARTS, ES and ADA are results of the RobustDARTS paper.'],
  }),
  readTable({
    paper,
    number: 2,
    caption: 'Averaged performance among 4 independent runs of search on CIFAR-10.',
    labels: ['method', 'single path'],
    columns: [
      plain('parameters', 'M'),
      plain('FLOPs', 'MFLOPs'),
      error('error', 'CIFAR-10 S0'),
      plain('search cost', 'GPU days', 'min'),
    ],
    text: `
DARTS-V1 | no | - | - | 3.38±0.23 | 0.4
P-DARTS | no | 3.3±0.2 | 540±34 | 2.81±0.14 | 0.3
PC-DARTS | no | 3.6±0.5 | 592±90 | 2.89±0.22 | 0.1
PR-DARTS | no | 3.4 | - | 2.68±0.10 | 0.2
ISTA-NAS | no | 3.3 | - | 2.71±0.10 | 0.05
R-DARTS | no | - | - | 2.95±0.21 | 1.6
SDARTS-ADV | no | 3.3 | - | 2.61±0.02 | 1.3
DARTS-PT | no | 3.0 | - | 2.61±0.08 | 0.8
NASI-FIX | no | 3.9 | - | 2.79±0.07 | 0.24
ZARTS | no | 3.7 | - | 2.54±0.07 | 1.0
Few-shot NAS | no | 3.8 | - | 2.31±0.08 | 1.35
GDAS | yes | 3.4 | - | 2.93 | 0.2
SNAS | yes | 2.8 | - | 2.85±0.02 | 1.5
ROME-v1 (best) | yes | 4.5 | 683 | 2.53 | 0.3
ROME-v1 (avg.) | yes | 4.0±0.6 | 670±21 | 2.63±0.09 | 0.3
ROME-v2 (best) | yes | 3.6 | 591 | 2.48 | 0.3
ROME-v2 (avg.) | yes | 3.7±0.2 | 595±28 | 2.58±0.07 | 0.3`,
    notes: [REPORTED],
  }),
  readTable({
    paper,
    number: 3,
    caption: 'Comparison of searched models on CIFAR-100.',
    columns: [plain('parameters', 'M'), error('error', 'CIFAR-100 S0'), plain('search cost', 'GPU days', 'min')],
    text: `
ResNet | 1.7 | 22.10 | -
AmoebaNet | 3.1 | 18.93 | 3150
PNAS | 3.2 | 19.53 | 150
ENAS | 4.6 | 19.43 | 0.45
DARTS | - | 20.58±0.44 | 0.4
GDAS | 3.4 | 18.38 | 0.2
P-DARTS | 3.6 | 17.49 | 0.3
R-DARTS | - | 18.01±0.26 | 1.6
NASI-FIX | 4.0 | 16.12±0.38 | 0.24
ZARTS | 4.1 | 16.29±0.53 | 1.0
ROME-v1 (avg.) | 4.4±0.2 | 17.41±0.12 | 0.3
ROME-v1 (best) | 4.4 | 17.33 | 0.3
ROME-v2 (avg.) | 3.4±0.3 | 17.71±0.11 | 0.3
ROME-v2 (best) | 3.3 | 17.57 | 0.3`,
    notes: [REPORTED],
  }),
  readTable({
    paper,
    number: 4,
    caption: 'Performance on ImageNet.',
    labels: ['method', 'searched on'],
    columns: [
      plain('FLOPs', 'MFLOPs'),
      plain('parameters', 'M'),
      { name: 'top-1 accuracy', unit: '%', goal: 'max', measure: 'test accuracy', of: 'ImageNet' },
      plain('search cost', 'GPU days', 'min'),
    ],
    text: `
AmoebaNet-A | CIFAR-10 | 555 | 5.1 | 74.5 | 3150
NASNet-A | CIFAR-10 | 564 | 5.3 | 74.0 | 2000
PNAS | CIFAR-10 | 588 | 5.1 | 74.2 | 225
DARTS | CIFAR-10 | 574 | 4.7 | 73.3 | 0.4
P-DARTS | CIFAR-10 | 577 | 5.1 | 75.3 | 0.3
FairDARTS-B | CIFAR-10 | 541 | 4.8 | 75.1 | 0.4
SNAS | CIFAR-10 | 522 | 4.3 | 72.7 | 1.5
PC-DARTS | CIFAR-10 | 586 | 5.3 | 74.9 | 0.1
GDAS | CIFAR-10 | 581 | 5.3 | 74.0 | 0.2
ROME | CIFAR-10 | 576 | 5.2 | 75.3 | 0.3
FairNAS-C | ImageNet | 321 | 4.4 | 74.7 | 12
ProxylessNAS | ImageNet | 465 | 7.1 | 75.1 | 8.3
FBNet-C | ImageNet | 375 | 5.5 | 74.9 | 9
PC-DARTS | ImageNet | 597 | 5.3 | 75.4 | 3.8
GDAS | ImageNet | 405 | 3.6 | 72.5 | 0.8
ROME | ImageNet | 556 | 5.1 | 75.5 | 0.5`,
    notes: [
      REPORTED,
      'A line between the blocks says that DARTS and P-DARTS run out of memory when the batch size is at least 32.',
      'The text gives 0.4 GPU days for the direct search with ROME, the table 0.5.',
    ],
  }),
  readTable({
    paper,
    number: 5,
    caption: 'Sensitivity study of sampling number K; 3 parallel tests on each setting.',
    columns: [
      { name: 'accuracy', unit: '%', goal: 'max', measure: 'test accuracy', of: 'CIFAR-10 S0' },
      plain('parameters', 'M'),
      plain('search epochs', 'epochs'),
    ],
    text: `
ROME K=1 | 97.12±0.06 | 3.34 | 350
ROME K=4 | 97.28±0.07 | 3.57 | 87
ROME K=7 | 97.42±0.07 | 3.73 | 50
ROME K=10 | 97.46±0.12 | 4.06 | 35`,
  }),
  readTable({
    paper,
    number: 6,
    caption:
      'Component study of ROME on CIFAR-10: topology disentanglement (TD), gradient accumulation (GA) for θ and α.',
    columns: [{ name: 'accuracy', unit: '%', goal: 'max', measure: 'test accuracy', of: 'CIFAR-10 S0' }],
    text: `
none (GDAS) | 96.52±0.07
GA α | 96.85±0.31
GA θ | 96.98±0.05
GA θ, GA α | 97.14±0.05
TD | 97.12±0.06
TD, GA α | 97.22±0.07
TD, GA θ | 97.34±0.07
TD, GA θ, GA α (ROME) | 97.42±0.07`,
  }),
  readTable({
    paper,
    number: 7,
    caption: 'GPU memory cost at batch size 64; the supernet has 16 initial channels and 8 layers.',
    columns: [{ name: 'memory', unit: 'GB', goal: 'min', measure: 'search memory', of: 'CIFAR-10 S0' }],
    text: `
DARTS | 9.4
GDAS | 3.1
PC-DARTS M=4 | 3.7
PC-DARTS M=2 | 5.7
ROME | 2.3`,
  }),
];
