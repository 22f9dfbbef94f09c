import {
  crossEntropy,
  dispose,
  labels,
  observeRelus,
  randomStream,
  read,
  selectBackend,
  tensor,
  tidy,
  valueAndGradients,
} from '@oneshot/engine';
import {
  createSpace,
  derivedNetwork,
  genotypeAt,
  Network,
  randomGenotype,
  resolveProfile,
  type Selection,
  selectionOf,
} from '@oneshot/nas';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SearchModel } from '../search/search-model.js';
import { imageClassification } from '../task/image-classification.js';
import type { TaskBatch } from '../task/task.js';
import './all.gen.js';
import { pathRunner } from '../search/path-runner.js';
import { type ProxyContext, proxies } from './proxy.js';

const space = createSpace({ name: 'nasbench201', cells: 1, channels: 4 });
const image = { height: 8, width: 8, channels: 3 };
const COUNT = 6;
const images = randomStream(3, 'images').normal(COUNT * 8 * 8 * 3);
const wanted = Int32Array.from({ length: COUNT }, (_, index) => index % 5);

let model: SearchModel;
let context: ProxyContext;
const genotype = genotypeAt(space, 9731);
const selection = selectionOf(space, genotype);

beforeAll(async () => {
  await selectBackend({ backend: 'auto', threads: 1 });
  model = new SearchModel(space, resolveProfile('darts', space), imageClassification({ image, classes: 5 }), 7);
  context = { model, batch: batchOf(images), seed: 5 };
});
afterAll(() => model.dispose());

function batchOf(pixels: Float32Array): TaskBatch {
  return { input: tensor(pixels, [COUNT, 8, 8, 3]), wanted: labels(wanted), count: COUNT };
}

function scoreOf(name: string, of: Selection = selection, given: ProxyContext = context): number {
  const prepared = proxies.of(name).prepare(given);
  try {
    return prepared.score(of);
  } finally {
    prepared.finish?.();
  }
}

/**
 * The architecture as a network of its own with the supernet's weights by name: what a proxy that
 * knows nothing of supernets would see.
 */
function alone(): Network {
  const network = new Network(derivedNetwork(space, genotype, { input: image, outputs: 5 }), { seed: 0 });
  const inherited = model.network.state();
  network.restore(
    Object.fromEntries(Object.entries(network.state()).map(([name, values]) => [name, inherited[name] ?? values])),
  );
  return network;
}

const isKernel = (network: Network, name: string) =>
  (network.table.weights.find((entry) => entry.name === name)?.shape.length ?? 0) >= 2;

describe('zero-cost proxies on inherited weights', () => {
  it('grad_norm and snip are those of the network alone', () => {
    const network = alone();
    const { gradients } = valueAndGradients(() => {
      const { logits } = network.forward(context.batch.input, { mode: 'train' });
      return crossEntropy(logits, context.batch.wanted);
    }, network.variables);
    const slopes = new Map(network.variables.map(({ name }, index) => [name, gradients[index]]));
    let norms = 0;
    let saliency = 0;
    for (const { name, bank, offset } of network.table.weights) {
      const slope = slopes.get(`${bank}.weights`);
      if (!isKernel(network, name) || slope === undefined) continue;
      const weights = network.state()[name] ?? new Float32Array(0);
      const own = read(slope).subarray(offset, offset + weights.length);
      norms += Math.hypot(...own);
      saliency += own.reduce((sum, value, index) => sum + Math.abs(value * (weights[index] ?? 0)), 0);
    }
    dispose(...gradients);
    network.dispose();
    expect(scoreOf('grad_norm')).toBeCloseTo(norms, 4);
    expect(scoreOf('snip')).toBeCloseTo(saliency, 4);
  });

  it('synflow is the slope of the output along all kernels together, of positive weights without norms', () => {
    const network = alone();
    const positive = Object.fromEntries(
      Object.entries(network.state()).map(([name, values]) => {
        if (/\.(mean|shift)$/.test(name)) return [name, values.map(() => 0)];
        if (/\.(variance|scale)$/.test(name)) return [name, values.map(() => 1)];
        return [name, values.map(Math.abs)];
      }),
    );
    const outputs = (scale: number): number => {
      const scaled = Object.entries(positive).map(([name, values]) => [
        name,
        isKernel(network, name) ? values.map((value) => value * scale) : values,
      ]);
      network.restore(Object.fromEntries(scaled));
      return tidy(() => {
        const ones = tensor(new Float32Array(8 * 8 * 3).fill(1), [1, 8, 8, 3]);
        return read(network.forward(ones, { mode: 'eval' }).logits).reduce((sum, value) => sum + value, 0);
      });
    };
    const slope = (outputs(1.005) - outputs(0.995)) / 0.01;
    network.dispose();
    expect(scoreOf('synflow')).toBeCloseTo(Math.log(slope), 2);
    const before = model.network.state();
    scoreOf('synflow');
    expect(model.network.state()).toEqual(before);
  });

  it('jacob_cov falls to the bottom where images are alike, naswot too', () => {
    const same = new Float32Array(images.length);
    for (let copy = 0; copy < COUNT; copy++)
      same.set(images.subarray(0, images.length / COUNT), copy * (images.length / COUNT));
    const alike = { ...context, batch: batchOf(same) };
    expect(scoreOf('jacob_cov', selection, alike)).toBeLessThan(scoreOf('jacob_cov') - 1e4);
    expect(scoreOf('naswot', selection, alike)).toBeLessThan(scoreOf('naswot') - 10);
  });

  it('jacob_cov of two images is a matter of one correlation, naswot of one count', () => {
    const two = {
      ...context,
      batch: {
        input: tensor(images.subarray(0, 2 * 192), [2, 8, 8, 3]),
        wanted: labels(Int32Array.of(0, 1)),
        count: 2,
      },
    };
    const score = scoreOf('jacob_cov', selection, two);
    // Eigenvalues 1 ± r: the score for r = 0 is the highest there is.
    expect(score).toBeLessThanOrEqual(-2 * (Math.log(1 + 1e-5) + 1 / (1 + 1e-5)) + 1e-6);
    // ln(N² − a²), N ReLUs in all and a of them alike.
    const determinant = Math.exp(scoreOf('naswot', selection, two));
    const alike = Math.sqrt(naswotUnits() ** 2 - determinant);
    expect(Math.abs(alike - Math.round(alike))).toBeLessThan(1e-2);
    expect(alike).toBeGreaterThan(0);
  });

  it('zen grows with what the features move, and is that of the network alone', () => {
    const other = { ...context, seed: 6 };
    expect(scoreOf('zen')).toBeCloseTo(scoreOf('zen', selection, other), 0);
    expect(scoreOf('zen')).toBeGreaterThan(scoreOf('zen', selectionOf(space, genotypeAt(space, 1)), context));
  });

  it('params and flops are those of the network', () => {
    const network = alone();
    expect(scoreOf('params')).toBe(network.parameterCount);
    network.dispose();
    expect(scoreOf('flops')).toBeGreaterThan(scoreOf('flops', selectionOf(space, genotypeAt(space, 0))));
  });

  it('score finite numbers in a network without a classifier on top', () => {
    const macro = createSpace({
      name: 'conv_macro',
      kernels: [3, 5],
      channels: Array(4).fill([2, 3]),
      last: 2,
      hidden: [4],
    });
    const wide = { height: 16, width: 16, channels: 3 };
    const task = imageClassification({ image: wide, classes: 5 });
    const input = tensor(randomStream(4, 'images').normal(COUNT * 16 * 16 * 3), [COUNT, 16, 16, 3]);
    const batch = { ...context.batch, input };
    const other = new SearchModel(macro, resolveProfile('darts', macro), task, 1);
    const drawn = selectionOf(macro, randomGenotype(macro, randomStream(1, 'drawn')));
    for (const name of proxies.names()) {
      expect(Number.isFinite(scoreOf(name, drawn, { ...context, batch, model: other })), name).toBe(true);
    }
    other.dispose();
  });
});

/** ReLU outputs of the path for one image, counted by hand: those of the cells' and the head's. */
function naswotUnits(): number {
  const one = tensor(images.subarray(0, 192), [1, 8, 8, 3]);
  let units = 0;
  tidy(() =>
    observeRelus(
      () => pathRunner(model, selection)(one).logits,
      (output) => {
        units += output.size;
      },
    ),
  );
  return units;
}
