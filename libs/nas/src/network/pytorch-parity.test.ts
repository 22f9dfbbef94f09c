import { existsSync } from 'node:fs';
import {
  crossEntropy,
  labels,
  read,
  softmax,
  type Tensor,
  tensor,
  type Variable,
  valueAndGradients,
  variable,
} from '@oneshot/engine';
import { needs } from '@oneshot/test/needs';
import { describe, expect, it } from 'vitest';
import { type SupernetOptions, supernet } from '../build/supernet.js';
import { edgeWeights } from '../samplers/edge-weights.js';
import { mixOf } from '../samplers/sampler.js';
import type { ChoiceGroup } from '../spaces/choice.js';
import type { SpaceInput } from '../spaces/definition.js';
import { createSpace } from '../spaces/space.js';
import { folder, permute, pytorchName, readFixture } from '../testing/pytorch-fixture.js';
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
  /**
   * Largest difference of a gradient from the recording. Of the recorded float32 runs without partial connections, single values fell on
   * the other side of a ReLU's or maximum's kink than in exact arithmetic: the same PyTorch network in float64 differs from the recording
   * by as much, and from ours by 1e-6 (see below).
   */
  readonly tolerance: number;
}

const DARTS: Recorded = {
  name: 'supernet-darts-darts',
  space: { name: 'darts', cells: 3, channels: 4, nodes: 2 },
  alpha: { normal: 'alpha.normal', reduce: 'alpha.reduce' },
  tolerance: 5e-3,
};

const RECORDED: readonly Recorded[] = [
  DARTS,
  {
    name: 'supernet-nb201-darts',
    space: { name: 'nasbench201', cells: 1, channels: 4 },
    alpha: { cell: 'alpha' },
    tolerance: 5e-3,
  },
  {
    name: 'supernet-darts-pcdarts',
    space: { name: 'darts', cells: 3, channels: 8, nodes: 2 },
    options: { mutations: [{ name: 'partial_connection', keep: 4 }], edgeNormalisation: true },
    alpha: { normal: 'alpha.normal', reduce: 'alpha.reduce' },
    beta: { normal: 'beta.normal', reduce: 'beta.reduce' },
    tolerance: 1e-4,
  },
];

/** Gradient of the first row of α in the DARTS network, from that float64 run. */
const FLOAT64_GRADIENT = [
  -0.005977960631958081, -0.001581269377826517, 0.010941405776548032, 0.000401298559868106, 0.014840449400860926,
  -0.01792432919166239, 0.00840353209519209, -0.00910312663102217,
];

describe('supernets against recorded PyTorch runs', needs('recorded PyTorch runs', existsSync(folder)), () => {
  it.each(RECORDED)('$name: logits, loss and every gradient', (recorded) => {
    const fixture = readFixture(recorded.name);
    const space = createSpace(recorded.space);
    const target = { image: { height: 16, width: 16, channels: 3 }, classes: 10 };
    const { description } = supernet(space, target, recorded.options);
    const network = new Network(description, { seed: 0 });
    const { weights } = parameterTable(description);
    const state = network.state();
    for (const entry of weights) state[entry.name] = fixture.parameter(`p.${pytorchName(description, entry.name)}`);
    network.restore(state);
    const parameters = (names: Readonly<Record<string, string>>): Variable[] =>
      space.groups.flatMap(({ name }) => {
        const path = names[name];
        return path === undefined ? [] : [variable(fixture.values(`p.${path}`), fixture.shape(`p.${path}`), path)];
      });
    const alpha = parameters(recorded.alpha);
    const beta = parameters(recorded.beta ?? {});
    const images = tensor(permute(fixture.values('x'), [4, 3, 16, 16], [0, 2, 3, 1]), [4, 16, 16, 3]);
    const classes = labels(Int32Array.from(fixture.values('labels')));
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
    expect(difference(read(aux.logits), fixture.values('logits'))).toBeLessThan(1e-4);
    expect(loss).toBeCloseTo(fixture.values('loss')[0] ?? Number.NaN, 5);
    [...alpha, ...beta].forEach(({ name: path }, index) => {
      const gradient = gradients[index];
      if (gradient === undefined) throw new RangeError(path);
      expect(difference(read(gradient), fixture.values(`d.${path}`)), path).toBeLessThan(recorded.tolerance);
      if (recorded === DARTS && path === 'alpha.normal') {
        const row = Float32Array.from(FLOAT64_GRADIENT);
        expect(difference(read(gradient).slice(0, row.length), row)).toBeLessThan(1e-5);
      }
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
      const wanted = fixture.parameter(`d.${pytorchName(description, entry.name)}`);
      return {
        name: entry.name,
        largest: Math.max(...wanted.map(Math.abs)),
        found: difference(placed[entry.name] ?? new Float32Array(0), wanted),
      };
    });
    // Gradients that vanish (before a norm without affine parameters) are only rounding in both.
    for (const { name: parameter, largest, found } of worst) {
      if (largest > 1e-5) expect(found, parameter).toBeLessThan(10 * recorded.tolerance);
    }
  });
});
