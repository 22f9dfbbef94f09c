import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  crossEntropy,
  labels,
  read,
  selectBackend,
  softmax,
  tensor,
  valueAndGradients,
  variable,
} from '@oneshot/engine';
import { needs } from '@oneshot/test/needs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { derivedNetwork } from '../build/derived.js';
import { genotypeOf } from '../genotype/selection-of.js';
import { mixOf } from '../samplers/sampler.js';
import { supernet } from '../supernet.js';
import { exactFolder } from '../testing/pytorch-fixture.js';
import { alphaOf, BATCH, imagesOf, labelsOf, SPACE_CASES } from '../testing/space-cases.js';
import { Network } from './network.js';

const numbers = z.array(z.number());
const recorded = z.object({
  runs: z.array(
    z.object({
      name: z.string(),
      kind: z.enum(['supernet', 'derived']),
      picks: z.record(z.string(), z.array(z.string())).default({}),
      logits: numbers,
      loss: z.number(),
      alpha: z.record(z.string(), numbers).default({}),
      weights: z.record(z.string(), z.tuple([z.number(), z.number()])),
    }),
  ),
});
const { runs } = recorded.parse(JSON.parse(readFileSync(join(exactFolder, 'spaces.json'), 'utf8')));

/**
 * Largest difference from the exact values, relative to the largest of them; for gradients, that of
 * their kind: of weights, or of α. Small ones come of large ones that cancel.
 */
const TOLERANCE = 1e-5;

function expectNear(
  found: ArrayLike<number>,
  wanted: readonly number[],
  what: string,
  largest = Math.max(...wanted.map(Math.abs)),
): void {
  expect(found.length, what).toBe(wanted.length);
  wanted.forEach((value, index) => {
    expect(Math.abs((found[index] ?? Number.NaN) - value) / largest, what).toBeLessThan(TOLERANCE);
  });
}

/**
 * What is recorded of the gradient of a weight: its length, and its product with a fixed vector.
 */
function summary(values: Float32Array): readonly [number, number] {
  const along = values.reduce((sum, value, index) => sum + value * Math.cos(1 + index), 0);
  return [Math.hypot(...values), along];
}

const isBuilt = (await selectBackend()).name === 'native';

describe.each([
  { backend: 'reference', present: true },
  { backend: 'native', present: isBuilt },
] as const)('the spaces of papers on $backend against PyTorch in float64', ({ backend, present }) => {
  beforeAll(async () => {
    if (present) expect((await selectBackend({ backend, threads: 1 })).name).toBe(backend);
  });
  afterAll(async () => {
    await selectBackend();
  });

  it.each(runs)('$name, $kind: logits, loss and every gradient', needs('the native engine', present), (run) => {
    const found = SPACE_CASES.find(({ name }) => name === run.name);
    if (found === undefined) throw new RangeError(`no case ${run.name}`);
    const { space, target, options } = found;
    const isSupernet = run.kind === 'supernet';
    const picked = new Map(Object.entries(run.picks));
    const description = isSupernet
      ? supernet(space, target, options).description
      : derivedNetwork(space, genotypeOf(space, picked), target);
    const network = new Network(description, { seed: 0 });
    const alpha = (isSupernet ? space.groups : []).map(({ name, choices, options: columns }) => {
      const shape = [choices.length, columns.length];
      return variable(alphaOf(choices.length * columns.length), shape, name);
    });
    const { height, width, channels } = target.input;
    const images = tensor(imagesOf(found), [BATCH, height, width, channels]);
    const { loss, gradients, aux } = valueAndGradients(() => {
      const weights = new Map(alpha.map(({ name, value }) => [name, softmax(value)]));
      const mix = mixOf({ weights, bare: false });
      const { logits } = network.forward(images, { mode: 'train', ...(isSupernet ? { mix } : {}) });
      return { loss: crossEntropy(logits, labels(labelsOf(found))), logits };
    }, [...alpha, ...network.variables]);
    expectNear(read(aux.logits), run.logits, 'logits');
    expect(Math.abs(loss / run.loss - 1)).toBeLessThan(TOLERANCE);
    const steepest = Math.max(...Object.values(run.alpha).flat().map(Math.abs));
    alpha.forEach(({ name }, index) => {
      const gradient = gradients[index];
      expectNear(gradient === undefined ? [] : read(gradient), run.alpha[name] ?? [], `α of ${name}`, steepest);
    });
    // Put in the place of the weights, gradients can be read by name.
    network.variables.forEach((place, index) => {
      const gradient = gradients[alpha.length + index];
      if (gradient !== undefined) place.assign(gradient);
    });
    const placed = network.state();
    expect(network.table.weights.map(({ name }) => name).sort()).toEqual(Object.keys(run.weights).sort());
    const longest = Math.max(...Object.values(run.weights).map(([length]) => length));
    for (const [name, wanted] of Object.entries(run.weights)) {
      expectNear(summary(placed[name] ?? new Float32Array(0)), wanted, name, longest);
    }
    network.dispose();
  });
});
