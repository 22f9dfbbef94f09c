import { existsSync } from 'node:fs';
import {
  crossEntropy,
  labels,
  read,
  selectBackend,
  softmax,
  type Tensor,
  tensor,
  type Variable,
  valueAndGradients,
  variable,
} from '@oneshot/engine';
import { needs } from '@oneshot/test/needs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { edgeWeights } from '../samplers/edge-weights.js';
import { mixOf } from '../samplers/sampler.js';
import type { ChoiceGroup } from '../spaces/choice.js';
import type { SpaceInput } from '../spaces/definition.js';
import { createSpace } from '../spaces/space.js';
import { type SupernetOptions, supernet } from '../supernet.js';
import { exactFolder, folder, permute, pytorchName, readFixture } from '../testing/pytorch-fixture.js';
import { Network } from './network.js';
import { parameterTable } from './parameter-table.js';

/** Largest difference relative to the largest entry. */
function difference(found: Float32Array, wanted: Float32Array): number {
  expect(found.length).toBe(wanted.length);
  const largest = wanted.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-12);
  return (
    found.reduce((most, value, index) => Math.max(most, Math.abs(value - (wanted[index] ?? Number.NaN))), 0) / largest
  );
}

interface Recorded {
  readonly name: string;
  readonly space: SpaceInput;
  readonly options?: SupernetOptions;
  /** Groups of the space and what the recording calls their α, and β with edge normalisation. */
  readonly alpha: Readonly<Record<string, string>>;
  readonly beta?: Readonly<Record<string, string>>;
}

const DARTS: Recorded = {
  name: 'supernet-darts-darts',
  space: { name: 'darts', cells: 3, channels: 4, nodes: 2 },
  alpha: { normal: 'alpha.normal', reduce: 'alpha.reduce' },
};

const RECORDED: readonly Recorded[] = [
  DARTS,
  {
    name: 'supernet-nb201-darts',
    space: { name: 'nasbench201', cells: 1, channels: 4 },
    alpha: { cell: 'alpha' },
  },
  {
    name: 'supernet-darts-pcdarts',
    space: { name: 'darts', cells: 3, channels: 8, nodes: 2 },
    options: { mutations: [{ name: 'partial_connection', keep: 4 }], edgeNormalisation: true },
    alpha: { normal: 'alpha.normal', reduce: 'alpha.reduce' },
    beta: { normal: 'beta.normal', reduce: 'beta.reduce' },
  },
];

/** Largest difference from the exact values, relative to the largest of them. */
const TOLERANCE = 1e-5;

const isBuilt = (await selectBackend()).name === 'native';

describe.each([
  { backend: 'reference', present: true },
  { backend: 'native', present: isBuilt },
] as const)('supernets on $backend against PyTorch in float64', ({ backend, present }) => {
  beforeAll(async () => {
    if (present) expect((await selectBackend({ backend })).name).toBe(backend);
  });
  afterAll(async () => {
    await selectBackend();
  });

  const what = present ? needs('recorded PyTorch runs', existsSync(folder)) : needs('the native engine', false);

  it.each(RECORDED)('$name: logits, loss and every gradient', what, (recorded) => {
    const parametersOf = readFixture(recorded.name);
    const exact = readFixture(recorded.name, exactFolder);
    const space = createSpace(recorded.space);
    const target = { input: { height: 16, width: 16, channels: 3 }, outputs: 10 };
    const { description } = supernet(space, target, recorded.options);
    const network = new Network(description, { seed: 0 });
    const { weights } = parameterTable(description);
    const state = network.state();
    for (const entry of weights)
      state[entry.name] = parametersOf.parameter(`p.${pytorchName(description, entry.name)}`);
    network.restore(state);
    const parameters = (names: Readonly<Record<string, string>>): Variable[] =>
      space.groups.flatMap(({ name }) => {
        const path = names[name];
        return path === undefined
          ? []
          : [variable(parametersOf.values(`p.${path}`), parametersOf.shape(`p.${path}`), path)];
      });
    const alpha = parameters(recorded.alpha);
    const beta = parameters(recorded.beta ?? {});
    const images = tensor(permute(exact.values('x'), [4, 3, 16, 16], [0, 2, 3, 1]), [4, 16, 16, 3]);
    const classes = labels(Int32Array.from(exact.values('labels')));
    const { loss, gradients, aux } = valueAndGradients(() => {
      const byGroup = (values: readonly Variable[], change: (group: ChoiceGroup, value: Tensor) => Tensor) =>
        new Map(
          space.groups.flatMap((group, index) => {
            const value = values[index]?.value;
            return value === undefined ? [] : [[group.name, change(group, value)] as const];
          }),
        );
      const weights = byGroup(alpha, (_, value) => softmax(value));
      const mix = mixOf({ weights, bare: false, edgeWeights: byGroup(beta, edgeWeights) });
      const { logits } = network.forward(images, { mode: 'train', mix });
      return { loss: crossEntropy(logits, classes), logits };
    }, [...alpha, ...beta, ...network.variables]);
    expect(difference(read(aux.logits), exact.values('logits'))).toBeLessThan(TOLERANCE);
    expect(loss).toBeCloseTo(exact.values('loss')[0] ?? Number.NaN, 5);
    [...alpha, ...beta].forEach(({ name: path }, index) => {
      const gradient = gradients[index];
      if (gradient === undefined) throw new RangeError(path);
      expect(difference(read(gradient), exact.values(`d.${path}`)), path).toBeLessThan(TOLERANCE);
    });
    // Put in the place of the weights, gradients can be read by name.
    const before = network.state();
    network.variables.forEach((target, index) => {
      const gradient = gradients[alpha.length + beta.length + index];
      if (gradient !== undefined) target.assign(gradient);
    });
    const placed = network.state();
    expect(Object.keys(before)).toEqual(Object.keys(placed));
    const worst = weights.map((entry) => {
      const wanted = exact.parameter(`d.${pytorchName(description, entry.name)}`);
      return {
        name: entry.name,
        largest: Math.max(...wanted.map(Math.abs)),
        found: difference(placed[entry.name] ?? new Float32Array(0), wanted),
      };
    });
    // Gradients that vanish (before a norm without affine parameters) are only rounding in both.
    for (const { name: parameter, largest, found } of worst) {
      if (largest > 1e-5) expect(found, parameter).toBeLessThan(TOLERANCE);
    }
  });
});
