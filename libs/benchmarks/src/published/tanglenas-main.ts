import { accuracy, error, type PublishedTable, plain, readTable } from './table.js';
import { LABELS, OPTIMUM, TANGLENAS as paper } from './tanglenas-paper.js';

const time = plain('search time', 'h', 'min');
const ONE_ARCHITECTURE = ['method', 'search type'];

/** Tables 1 to 8. */
export const TANGLENAS_MAIN: readonly PublishedTable[] = [
  readTable({
    paper,
    number: 1,
    caption: 'Evaluation on the toy cell-based search space on the Fashion-MNIST dataset',
    references: OPTIMUM,
    labels: LABELS,
    columns: [accuracy('test accuracy', 'toy cell, Fashion-MNIST'), time],
    text: `
DrNAS | single-stage | WS | 91.190±0.049 | 6.277
TangleNAS | single-stage | WE | 91.300±0.023 | 6.222
SPOS+RS | two-stage | WE | 90.680±0.253 | 15.611
SPOS+ES | two-stage | WE | 90.317±0.223 | 13.244
Optimum | - | - | 91.630 | -`,
  }),
  readTable({
    paper,
    number: 2,
    caption: 'Evaluation on the toy conv-macro search space on the CIFAR10 dataset',
    references: OPTIMUM,
    labels: LABELS,
    columns: [accuracy('test accuracy', 'toy conv-macro, CIFAR-10'), time],
    text: `
DrNAS | single-stage | WS | 10±0.00 | 12.361
TangleNAS | single-stage | WE | 82.495±0.461 | 8.55
SPOS+RS | two-stage | WE | 81.253±0.6717 | 21.676
SPOS+ES | two-stage | WE | 81.890±0.800 | 26.359
Optimum | - | - | 84.410 | -`,
    notes: ['DrNAS with weight sharing converges to a degenerate architecture here.'],
  }),
  readTable({
    paper,
    number: 3,
    caption: 'Comparison of test-accuracies of single and two-stage methods on NB201 search space',
    labels: LABELS,
    columns: [
      accuracy('CIFAR-10', 'NAS-Bench-201, CIFAR-10'),
      accuracy('CIFAR-100', 'NAS-Bench-201, CIFAR-100'),
      accuracy('ImageNet16-120', 'NAS-Bench-201, ImageNet16-120'),
      time,
    ],
    text: `
DrNAS | single-stage | WS | 94.36±0.00 | 72.245±0.732 | 46.37±0.00 | 20.9166
TangleNAS | single-stage | WE | 94.36±0.00 | 73.51±0.000 | 46.37±0.00 | 20.3611
SPOS+RS | two-stage | WE | 89.107±0.884 | 56.865±2.597 | 31.665±1.1460 | 29.51388
SPOS+ES | two-stage | WE | 87.133±2.605 | 56.463±2.342 | 29.785±3.0149 | 26.74721`,
  }),
  readTable({
    paper,
    number: 4,
    caption: 'Comparison of test errors of single and two-stage methods on the DARTS search space',
    labels: LABELS,
    columns: [error('CIFAR-10', 'DARTS, CIFAR-10'), error('ImageNet', 'DARTS, ImageNet'), time],
    text: `
DrNAS | single-stage | WS | 2.625±0.075 | 26.29 | 9.12
TangleNAS | single-stage | WE | 2.556±0.034 | 25.691 | 7.44
SPOS+RS | two-stage | WE | 2.965±0.072 | 27.114 | 18.7444
SPOS+ES | two-stage | WE | 3.200±0.065 | 27.320 | 14.794`,
  }),
  readTable({
    paper,
    number: 5,
    caption: 'Evaluation on the AutoFormer-T space for CIFAR10 and CIFAR100.',
    labels: ONE_ARCHITECTURE,
    columns: ['CIFAR-10', 'CIFAR-100'].flatMap((dataset) => [
      accuracy(`${dataset} inherit`, `AutoFormer-T, ${dataset}`, 'test accuracy, inherited weights'),
      accuracy(`${dataset} fine-tune`, `AutoFormer-T, ${dataset}`, 'test accuracy, fine-tuned'),
      accuracy(`${dataset} retrain`, `AutoFormer-T, ${dataset}`, 'test accuracy'),
      plain(`${dataset} parameters`, 'M'),
      plain(`${dataset} FLOPs`, 'GFLOPs'),
    ]),
    text: `
TangleNAS | single-stage | 93.57 | 97.702±0.017 | 97.872±0.054 | 8.6847 | 1.946 | 76.59 | 82.615±0.064 | 82.668±0.161 | 8.64874 | 1.9388
SPOS+RS | two-stage | 94.29 | 97.605±0.038 | 97.767±0.024 | 8.51161 | 1.91 | 78.210 | 82.407±0.026 | 82.210±0.14242 | 8.47558 | 1.9046
SPOS+ES | two-stage | 94.10 | 97.632±0.047 | 97.6425±0.023 | 7.230286 | 1.6595 | 77.97 | 82.517±0.140 | 82.5175±0.114 | 8.2447 | 1.859`,
  }),
  readTable({
    paper,
    number: 6,
    caption:
      'Evaluation on the AutoFormer-T space on downstream tasks; ImageNet by inheritance, the others by fine-tuning.',
    labels: ['method', 'supernet'],
    conditions: ['supernet'],
    columns: [
      accuracy('ImageNet', 'AutoFormer, ImageNet', 'test accuracy, inherited weights'),
      ...['CIFAR-10', 'CIFAR-100', 'Flowers', 'Pets', 'Cars'].map((dataset) =>
        accuracy(dataset, `AutoFormer, ${dataset}`, 'test accuracy, fine-tuned'),
      ),
      plain('parameters', 'M'),
      plain('FLOPs', 'GFLOPs'),
    ],
    text: `
SPOS+ES | AutoFormer-T | 75.474 | 98.019 | 86.369 | 98.066 | 91.558 | 91.935 | 5.893 | 1.396
TangleNAS | AutoFormer-T | 78.842 | 98.249 | 88.290 | 98.066 | 92.347 | 92.396 | 8.98108 | 2.00
SPOS+ES | AutoFormer-S | 81.700 | 99.10 | 90.459 | 97.90 | 94.8529 | 92.5447 | 22.9 | 5.1
TangleNAS | AutoFormer-S | 81.964 | 99.12 | 90.459 | 98.3257 | 95.07 | 92.3707 | 28.806 | 6.019`,
  }),
  readTable({
    paper,
    number: 7,
    caption: 'Evaluation on MobileNetV3',
    references: ['Largest architecture'],
    labels: ONE_ARCHITECTURE,
    columns: [accuracy('top-1 accuracy', 'MobileNetV3, ImageNet'), plain('parameters', 'M'), plain('FLOPs', 'MFLOPs')],
    text: `
TangleNAS | single-stage | 77.424 | 7.58 | 528.80
OFA+RS | two-stage | 77.046 | 6.87 | 369.16
OFA+ES | two-stage | 77.050 | 7.21 | 420.50
Largest architecture | - | 77.336 | 7.66 | 566.17`,
  }),
  readTable({
    paper,
    number: 8,
    caption: 'Comparison of single and two stage methods on language model search space; tinystories dataset',
    labels: ONE_ARCHITECTURE,
    columns: [
      { name: 'test loss', unit: 'nats', goal: 'min', measure: 'test loss', of: 'language model, tinystories' },
      plain('perplexity', '', 'min'),
      plain('parameters', 'M'),
      plain('inference time', 's', 'min'),
    ],
    text: `
TangleNAS | single-stage | 1.412±0.011 | 4.104 | 87.01 | 93.88
SPOS+RS | two-stage | 1.433±0.005 | 4.191 | 77.57 | 85.169
SPOS+ES | two-stage | 1.444±0.013 | 4.238 | 78.75 | 87.10`,
  }),
];
