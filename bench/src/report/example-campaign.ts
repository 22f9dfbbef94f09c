import { DARTS_PRIMITIVES } from '@oneshot/nas';
import type { CampaignReport, ReportRun } from '@oneshot/plots';

/**
 * A campaign of 9 benchmarks × 7 methods × 9 runs, each with curves of 50 epochs, 28 choices of 8
 * operations, and two cells.
 */
export function exampleCampaign(epochs: number): CampaignReport {
  const random = numbers(1);
  const methods = ['drnas', 'darts', 'gdas', 'pc-darts', 'fairdarts', 'oles', 'random'];
  const runs = Array.from({ length: 9 }, (_, benchmark) =>
    methods.flatMap((method, place) =>
      Array.from({ length: 9 }, (_, seed) =>
        exampleRun(method, `darts-bench-${benchmark + 1}`, seed, 0.9 - place * 0.005, epochs, random),
      ),
    ),
  ).flat();
  return {
    name: 'DARTS-Bench-Suite',
    scoreName: 'test accuracy',
    setting: [{ label: 'seeds', value: '0 to 8' }],
    ranking: methods.map((method, place) => ({
      method,
      averageRank: place + 1,
      mean: 0.9 - place * 0.005,
      standardDeviation: 0.01,
      count: 81,
      best: 0.92,
    })),
    runs,
    controlMethod: 'random',
    notes: [],
    reproduce: { commands: ['oneshot run suite.yaml'], campaign: '{}' },
  };
}

function exampleRun(
  method: string,
  benchmark: string,
  seed: number,
  mean: number,
  epochs: number,
  random: () => number,
): ReportRun {
  const times = Array.from({ length: epochs }, (_, epoch) => epoch + 1);
  const curve = (metric: string) => ({
    phase: 'search',
    metric,
    points: times.map((epoch) => [epoch, 0.9 - Math.exp(-epoch / 8) * (0.5 + 0.05 * random())] as const),
  });
  const cell = (title: string) => ({
    title,
    nodes: ['c_{k-2}', 'c_{k-1}', '2', '3', '4', '5', 'out'].map((label, id) => ({ id: `${id}`, label })),
    edges: [2, 3, 4, 5].flatMap((node) => [
      { from: '0', to: `${node}`, label: 'sep_conv_3x3' },
      { from: `${node - 1}`, to: `${node}`, label: 'skip_connect' },
      { from: `${node}`, to: '6', label: '' },
    ]),
  });
  return {
    method,
    benchmark,
    seed,
    state: 'succeeded',
    score: mean + 0.02 * random(),
    parameters: 1e6 + 1e6 * random(),
    searchSeconds: 3600 * random(),
    trainSeconds: 7200 * random(),
    latencyMedianMs: 1 + random(),
    modelBytes: 4e6,
    genotype: 'Genotype(…)',
    curves: ['train_loss', 'train_accuracy', 'validation_loss', 'validation_accuracy'].map(curve),
    choices: Array.from({ length: 28 }, (_, choice) => ({
      name: `edge ${choice}`,
      options: DARTS_PRIMITIVES,
      epochs: times,
      weights: times.map(() => DARTS_PRIMITIVES.map(() => random())),
    })),
    cells: [cell('normal cell'), cell('reduction cell')],
  };
}

/** Numbers from 0 to 1 that are the same each time (Park and Miller 1988). */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}
