import { selectBackend } from '@oneshot/engine';
import { createSpace, findMethod, methodNames, NasError, Network, resolveProfile } from '@oneshot/nas';
import { exportOnnx, verifyExport } from '@oneshot/onnx';
import { type CheckpointStore, runSearch, runTraining } from '@oneshot/training';
import { beforeAll, describe, expect, test } from 'vitest';
import { networkLogits, randomPixels } from '../libs/onnx/src/testing/random-network.js';
import { tinyDataset } from '../libs/training/src/testing/tiny-dataset.js';

/** A small network of each built-in space. */
const SPACES = [
  { name: 'toy_cell', channels: 4 },
  { name: 'darts', cells: 3, channels: 4, nodes: 2 },
  { name: 'nasbench201', cells: 1, channels: 4 },
  { name: 'robust_darts', subspace: 'S3', cells: 3, channels: 4 },
  { name: 'nasbench1shot1', subspace: 1, cells: 3, channels: 4 },
  { name: 'tangle_cell', channels: 4 },
  {
    name: 'conv_macro',
    channels: [
      [2, 4, 6],
      [4, 6, 8],
      [4, 6, 8],
      [4, 8, 16],
    ],
    last: 16,
    hidden: [16, 8],
  },
  { name: 'mobilenetv3', width: 0.25, depths: [1, 2] },
  { name: 'cell', nodes: 2, options: ['none', 'skip_connect', 'sep_conv_3x3'], kept: 2, cells: 3, channels: 4 },
] as const;

const dataset = tinyDataset(16);
const data = { name: dataset.name };

beforeAll(() => selectBackend({ backend: 'auto', threads: 1 }));

/** The refusal of a method in a space, or null. */
function refusal(method: string, space: object): string | null {
  try {
    resolveProfile(method, createSpace(space));
    return null;
  } catch (error) {
    if (error instanceof NasError) return error.message;
    throw error;
  }
}

const beside = /auxiliary_skip stands beside the edges of cells/;
const partial = /partial_connection changes the edges of cells/;
const withoutCells = { nasbench1shot1: partial, conv_macro: partial, mobilenetv3: partial };
const kept = /rome draws two edges for each node, and .* keeps every edge/;
const edgeless = /rome draws which edges lead to a node, and .* has no such choice/;
const withoutTwoEdges = {
  toy_cell: kept,
  nasbench201: kept,
  tangle_cell: kept,
  conv_macro: edgeless,
  mobilenetv3: edgeless,
};

/** Why a method has no place in a space. */
const REFUSED: Readonly<Record<string, Readonly<Record<string, RegExp>>>> = {
  darts_minus: { nasbench1shot1: beside, conv_macro: beside, mobilenetv3: beside },
  darts_plus: {
    toy_cell: /skip_count counts skip_connect in cells/,
    nasbench1shot1: /skip_count counts skip_connect in cells/,
    tangle_cell: /skip_count counts skip_connect in cells/,
    conv_macro: /skip_count counts skip_connect in cells/,
    mobilenetv3: /skip_count counts skip_connect in cells/,
  },
  drnas_partial: withoutCells,
  fairnas: {
    nasbench1shot1: /fair trains one option of each choice in a path/,
    mobilenetv3: /fair trains every option exactly once a step/,
  },
  pcdarts: withoutCells,
  reinmax: { nasbench1shot1: /reinmax draws one option/ },
  rome: withoutTwoEdges,
  rome_v1: { ...withoutTwoEdges, nasbench1shot1: /v1 has a β for each pair of edges of a cell/ },
};

describe.each(methodNames())('%s', (method) => {
  test.each(SPACES)(
    'in $name searches a step, is derived, retrained and exported, or refuses with the reason',
    async (space) => {
      const reason = REFUSED[method]?.[space.name];
      const message = refusal(method, space);
      if (reason !== undefined || message !== null) {
        expect(message).toMatch(reason ?? /^nothing is refused here$/);
        return;
      }
      const batch = method === 'random' ? {} : { epochs: 1, batch: 24 };
      const changes = { ...frugal(method), augment: { crop: 1 }, architecture: { frozenEpochs: 0 } };
      const search = { space, profile: { method, ...changes }, data, seed: 3, ...batch };
      const found = await runSearch(search, { dataset });
      for (const { trainLoss } of found.history) expect(trainLoss).toBeGreaterThan(0);
      const training = {
        space,
        genotype: found.genotype,
        data,
        epochs: 1,
        batch: 48,
        seed: 4,
        dropPath: 0,
        augment: { cutout: 0 },
      };
      const trained = await runTraining(training, { dataset });
      const normalisation = { mean: [...dataset.mean], std: [...dataset.std] };
      const metadata = { classes: [...dataset.classes] };
      const model = exportOnnx({ description: trained.network, state: trained.weights, normalisation, metadata });
      const network = new Network(trained.network, { seed: 0 });
      network.restore(trained.weights);
      const pixels = randomPixels(2, trained.network, 5);
      const logits = networkLogits(network, pixels, normalisation);
      await verifyExport(model, { image: dataset.image, pixels, logits });
      network.dispose();
    },
  );

  test.skipIf(method === 'random')(
    'ends bit for bit the same when it is interrupted, on one thread or two',
    async () => {
      const space = SPACES.find(({ name }) => REFUSED[method]?.[name] === undefined);
      const changes = { ...frugal(method), augment: { crop: 1 }, architecture: { frozenEpochs: 1 } };
      const search = { space, profile: { method, ...changes }, data, seed: 3, epochs: 3, batch: 12 };
      const whole = await runSearch(search, { dataset });
      const checkpoints = memoryCheckpoints();
      const stop = new AbortController();
      const onEpoch = ({ epoch }: { epoch: number }) => {
        if (epoch === 2) stop.abort();
      };
      await expect(runSearch(search, { dataset, checkpoints, signal: stop.signal, onEpoch })).rejects.toThrow(
        'cancelled',
      );
      await selectBackend({ backend: 'auto', threads: 2 });
      const resumed = await runSearch(search, { dataset, checkpoints });
      await selectBackend({ backend: 'auto', threads: 1 });
      expect(JSON.stringify(resumed.history)).toBe(JSON.stringify(whole.history));
      expect(resumed.weightsDigest).toBe(whole.weightsDigest);
      expect(resumed.genotypeId).toBe(whole.genotypeId);
    },
  );
});

/** A final selector that measures a few architectures only. */
function frugal(method: string): object {
  const finalSelector = findMethod(method)?.profile.finalSelector;
  if (finalSelector === undefined) return {};
  const { name } = finalSelector;
  const few = name === 'evolution' ? { population: 2, generations: 1, parents: 1 } : { candidates: 3 };
  return { finalSelector: { name, ...few } };
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
