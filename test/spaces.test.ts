import { fileURLToPath } from 'node:url';
import { randomStream, selectBackend } from '@oneshot/engine';
import { createSpace, derivedNetwork, loadSpaceModule, Network, randomGenotype } from '@oneshot/nas';
import { exportOnnx, verifyExport } from '@oneshot/onnx';
import { type CheckpointStore, runSearch, runTraining } from '@oneshot/training';
import { beforeAll, describe, expect, test } from 'vitest';
import { networkLogits, randomNetwork, randomPixels } from '../libs/onnx/src/testing/random-network.js';
import { tinyDataset } from '../libs/training/src/testing/tiny-dataset.js';

/** The module of the examples, as any thread loads it. */
const example = await loadSpaceModule(
  { name: 'module', file: 'two-resolutions.mjs', options: { blocks: 1, channels: 2 } },
  'space',
  fileURLToPath(new URL('../examples/spaces', import.meta.url)),
);

/** A small network of each space, and the side of the images it takes. */
const SPACES = [
  [{ name: 'robust_darts', subspace: 'S1', cells: 3, channels: 2 }, 8],
  [{ name: 'robust_darts', subspace: 'S2', cells: 3, channels: 2 }, 8],
  [{ name: 'robust_darts', subspace: 'S3', cells: 3, channels: 2 }, 8],
  [{ name: 'robust_darts', subspace: 'S4', cells: 3, channels: 2 }, 8],
  [{ name: 'nasbench1shot1', subspace: 1, cells: 3, channels: 2 }, 8],
  [{ name: 'nasbench1shot1', subspace: 2, cells: 3, channels: 2 }, 7],
  [{ name: 'nasbench1shot1', subspace: 3, cells: 3, channels: 2, skip: true }, 8],
  [{ name: 'tangle_cell', channels: 2 }, 9],
  [
    {
      name: 'conv_macro',
      channels: [
        [2, 4],
        [4, 8],
        [4, 8],
        [8, 16],
      ],
      last: 16,
      hidden: [16, 8],
    },
    12,
  ],
  [{ name: 'mobilenetv3', width: 0.25, depths: [1, 2] }, 9],
  [
    {
      name: 'cell',
      nodes: 2,
      options: ['none', 'skip_connect', 'sep_conv_3x3'],
      edges: [{ from: 0, to: 3, options: ['avg_pool_3x3', 'skip_connect'] }],
      kept: 2,
      cells: 3,
      channels: 2,
    },
    8,
  ],
  [
    {
      name: 'cell',
      inputs: 1,
      nodes: 3,
      options: ['none', 'skip_connect', 'nor_conv_3x3'],
      edges: [{ cell: 'reduce', from: 0, to: 3, options: ['none'] }],
      concat: [2, 3],
      cells: 3,
      channels: 2,
      reductions: [1],
      stemMultiplier: 'none',
    },
    8,
  ],
  [example, 8],
] as const;

const SAMPLERS = ['softmax', 'gumbel', 'dirichlet', 'uniform'] as const;

beforeAll(() => selectBackend({ backend: 'auto', threads: 1 }));

describe.each(SPACES)('%j', (space, side) => {
  const dataset = tinyDataset(side);
  const data = { name: 'tiny' };

  test.each(SAMPLERS)(
    'is searched by %s, retrained, and exported; what is interrupted ends bit for bit the same',
    async (sampler) => {
      const selector = sampler === 'uniform' ? { selector: 'random' } : {};
      const profile = {
        name: sampler,
        sampler: { name: sampler },
        ...selector,
        epochs: 2,
        batch: 24,
        augment: { crop: 1 },
      };
      const search = { space, profile, data, seed: 3 };
      const found = await runSearch(search, { dataset });
      expect(await interrupted((dependencies) => runSearch(search, { dataset, ...dependencies }))).toMatchObject({
        alpha: found.alpha,
        weightsDigest: found.weightsDigest,
        genotypeId: found.genotypeId,
      });
      const training = {
        space,
        genotype: found.notation,
        data,
        epochs: 2,
        batch: 48,
        seed: 4,
        dropPath: 0,
        augment: { cutout: 0 },
      };
      const trained = await runTraining(training, { dataset });
      expect(await interrupted((dependencies) => runTraining(training, { dataset, ...dependencies }))).toMatchObject({
        weightsDigest: trained.weightsDigest,
        testLoss: trained.testLoss,
      });
      const network = new Network(trained.network, { seed: 0 });
      network.restore(trained.weights);
      const normalisation = { mean: [...dataset.mean], std: [...dataset.std] };
      const classes = [...dataset.classes];
      const model = exportOnnx({
        description: trained.network,
        state: trained.weights,
        normalisation,
        metadata: { classes },
      });
      const pixels = randomPixels(2, trained.network, 5);
      const logits = networkLogits(network, pixels, normalisation);
      await verifyExport(model, { image: dataset.image, pixels, logits });
      network.dispose();
    },
  );

  test('gives in onnxruntime what it gives here, for twenty random architectures', async () => {
    const built = createSpace(space);
    const image = { height: side, width: side, channels: 1 };
    const normalisation = { mean: [0.5], std: [0.3] };
    const metadata = { classes: ['a', 'b', 'c'] };
    let largest = 0;
    for (let seed = 0; seed < 20; seed++) {
      const genotype = randomGenotype(built, randomStream(seed, 'test', 'genotype'));
      const description = derivedNetwork(built, genotype, { input: image, outputs: 3 });
      const network = randomNetwork(description, seed);
      const model = exportOnnx({ description, state: network.state(), normalisation, metadata });
      const pixels = randomPixels(2, description, seed);
      const logits = networkLogits(network, pixels, normalisation);
      const { largestDifference } = await verifyExport(model, { image, pixels, logits });
      largest = Math.max(largest, largestDifference);
      network.dispose();
    }
    expect(largest).toBeLessThan(1e-4);
  });
});

/** Runs, is stopped after its first epoch, and goes on from its checkpoint. */
async function interrupted<T>(
  run: (dependencies: { checkpoints: CheckpointStore; signal?: AbortSignal; onEpoch?: () => void }) => Promise<T>,
): Promise<T> {
  const checkpoints = memoryCheckpoints();
  const stop = new AbortController();
  await expect(run({ checkpoints, signal: stop.signal, onEpoch: () => stop.abort() })).rejects.toThrow();
  return run({ checkpoints });
}

function memoryCheckpoints(): CheckpointStore {
  let latest: Uint8Array | null = null;
  return {
    load: async () => latest,
    save: async (bytes) => {
      latest = Uint8Array.from(bytes);
    },
  };
}
