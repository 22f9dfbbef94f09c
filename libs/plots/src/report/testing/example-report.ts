import type { LabelledGraph } from '../../graphs/labelled-graph.js';
import type { CampaignReport, ReportRun } from '../campaign-report.js';

const operations = ['sep_conv_3x3', 'sep_conv_5x5', 'dil_conv_3x3', 'dil_conv_5x5'];
const choices = ['normal 0→1', 'normal 0→2', 'normal 1→2', 'reduce 0→1', 'reduce 0→2', 'reduce 1→2'];
const epochs = [1, 2, 3, 4, 5, 6, 7, 8];

/** A cell of two intermediate nodes, every edge kept. */
export const toyCell: LabelledGraph = {
  title: 'normal cell',
  nodes: [
    { id: '0', label: 'input', role: 'source' },
    { id: '1', label: '1' },
    { id: '2', label: '2' },
    { id: 'out', label: 'concat', role: 'sink' },
  ],
  edges: [
    { from: '0', to: '1', label: 'sep_conv_3x3' },
    { from: '0', to: '2', label: 'dil_conv_5x5' },
    { from: '1', to: '2', label: 'sep_conv_5x5' },
    { from: '1', to: 'out', label: '' },
    { from: '2', to: 'out', label: '' },
  ],
};

/** The normal cell of DARTS, second order (Liu et al. 2019, figure 4). */
export const dartsCell: LabelledGraph = {
  title: 'normal cell',
  nodes: [
    { id: '0', label: 'c_{k-2}', role: 'source' },
    { id: '1', label: 'c_{k-1}', role: 'source' },
    ...[2, 3, 4, 5].map((node) => ({ id: String(node), label: String(node) })),
    { id: 'out', label: 'c_{k}', role: 'sink' as const },
  ],
  edges: [
    ...(
      [
        [0, 2, 'sep_conv_3x3'],
        [1, 2, 'sep_conv_3x3'],
        [0, 3, 'sep_conv_3x3'],
        [1, 3, 'sep_conv_3x3'],
        [1, 4, 'sep_conv_3x3'],
        [0, 4, 'skip_connect'],
        [0, 5, 'skip_connect'],
        [2, 5, 'dil_conv_3x3'],
      ] as const
    ).map(([from, to, label]) => ({ from: String(from), to: String(to), label })),
    ...[2, 3, 4, 5].map((node) => ({ from: String(node), to: 'out', label: '' })),
  ],
};

function run(method: string, seed: number, score: number): ReportRun {
  const searched = method !== 'random';
  const wiggle = (index: number) => Math.sin(seed * 7 + index * 2.3 + method.length) * 0.01;
  const falling = (from: number, to: number) =>
    epochs.map((epoch) => [epoch, to + (from - to) * Math.exp(-epoch / 2.5) + wiggle(epoch)] as const);
  return {
    method,
    benchmark: 'fashion-toy',
    seed,
    state: 'succeeded',
    score,
    parameters: 41_802 + seed * 288,
    ...(searched ? { searchSeconds: 14.2 + seed } : {}),
    trainSeconds: 20.4,
    latencyMedianMs: 1.234,
    modelBytes: 172_400,
    genotype: 'Genotype(normal=[sep_conv_3x3~0, dil_conv_5x5~0, sep_conv_5x5~1], reduce=[…])',
    weightsDigest: '4be7c0d2a9137f5512ab77f9e1c3d4b5a6978899aabbccddeeff001122334455',
    model: { label: `${method} seed ${seed} (ONNX)`, href: `models/fashion-toy_${method}_seed${seed}.onnx` },
    curves: [
      ...(searched
        ? [
            { phase: 'search', metric: 'train_loss', points: falling(1.6, 0.55) },
            { phase: 'search', metric: 'validation_accuracy', points: falling(0.5, 0.82) },
          ]
        : []),
      { phase: 'retrain', metric: 'train_loss', points: falling(1.2, 0.35) },
      { phase: 'retrain', metric: 'test_accuracy', points: falling(0.6, score) },
    ],
    choices: searched
      ? choices.map((name, choice) => ({
          name,
          options: operations,
          epochs,
          weights: epochs.map((epoch) => {
            const raw = operations.map((_, option) => Math.exp(0.09 * epoch * Math.sin(choice + option * 1.7 + seed)));
            const sum = raw.reduce((total, value) => total + value, 0);
            return raw.map((value) => value / sum);
          }),
        }))
      : [],
    cells: [toyCell, { ...toyCell, title: 'reduction cell' }],
  };
}

/** A campaign of four methods and two seeds, as large as the project's demo. */
export const exampleReport: CampaignReport = {
  name: 'fashion',
  description: 'Gradient search on a toy cell space, against random architectures.',
  scoreName: 'test accuracy',
  controlMethod: 'random',
  setting: [
    { label: 'data set', value: 'fashion-mnist-sample, 10 000 training and 2 000 test images, sha256 1f0c2a…' },
    { label: 'split', value: 'half of the training images for weights, half for architecture parameters' },
    { label: 'space', value: 'toy_cell' },
    { label: 'seeds', value: '0, 1' },
  ],
  ranking: [
    { method: 'drnas', averageRank: 1, mean: 0.8798, standardDeviation: 0.0031, count: 2, best: 0.882 },
    { method: 'darts', averageRank: 2, mean: 0.8777, standardDeviation: 0.0018, count: 2, best: 0.879 },
    { method: 'gdas', averageRank: 3, mean: 0.8755, standardDeviation: 0.0064, count: 2, best: 0.88 },
    { method: 'random', averageRank: 4, mean: 0.866, standardDeviation: 0.0099, count: 2, best: 0.873 },
  ],
  runs: [
    run('drnas', 0, 0.882),
    run('drnas', 1, 0.8776),
    run('darts', 0, 0.879),
    run('darts', 1, 0.8764),
    run('gdas', 0, 0.88),
    run('gdas', 1, 0.871),
    run('random', 0, 0.873),
    run('random', 1, 0.859),
  ],
  notes: [],
  reproduce: { commands: ['oneshot run fashion.yaml'], campaign: 'name: fashion\nseeds: [0, 1]\n' },
};
