import {
  crossEntropy,
  labels,
  read,
  softmax,
  tensor,
  type Variable,
  valueAndGradients,
  variable,
} from '@oneshot/engine';
import { describe, expect, it } from 'vitest';
import { supernet } from '../build/supernet.js';
import { mixOf } from '../samplers/sampler.js';
import { createSpace } from '../spaces/space.js';
import { fixtureFolder, permute, pytorchName, readFixture } from '../testing/pytorch-fixture.js';
import { Network } from './network.js';
import { parameterTable } from './parameter-table.js';

const folder = fixtureFolder();

/** Largest difference relative to the largest entry. */
function difference(found: Float32Array, wanted: Float32Array): number {
  expect(found.length).toBe(wanted.length);
  const largest = wanted.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-12);
  return (
    found.reduce((most, value, index) => Math.max(most, Math.abs(value - (wanted[index] ?? Number.NaN))), 0) / largest
  );
}

/**
 * Gradients of the recorded float32 run, of which single values fell on the other side of a ReLU's or maximum's kink than in exact
 * arithmetic: the same PyTorch network in float64 differs from the recording by as much, and from ours by 1e-6 (see below).
 */
const GRADIENT_TOLERANCE = 5e-3;

/** Gradient of the first row of α in the DARTS network, from that float64 run. */
const FLOAT64_GRADIENT = [
  -0.005977960631958081, -0.001581269377826517, 0.010941405776548032, 0.000401298559868106, 0.014840449400860926,
  -0.01792432919166239, 0.00840353209519209, -0.00910312663102217,
];

describe.skipIf(folder === null)(
  'supernets against recorded PyTorch runs (skipped where no recordings are found)',
  () => {
    it.each([
      [
        'supernet-darts-darts',
        { name: 'darts', cells: 3, channels: 4, nodes: 2 },
        { normal: 'alpha.normal', reduce: 'alpha.reduce' },
      ],
      ['supernet-nb201-darts', { name: 'nasbench201', cells: 1, channels: 4 }, { cell: 'alpha' }],
    ])('%s: logits, loss and every gradient', (name, definition, alphaNames: Readonly<Record<string, string>>) => {
      const fixture = readFixture(folder ?? '', name);
      const space = createSpace(definition);
      const description = supernet(space, { image: { height: 16, width: 16, channels: 3 }, classes: 10 });
      const network = new Network(description, { seed: 0 });
      const { weights } = parameterTable(description);
      const state = network.state();
      for (const entry of weights) state[entry.name] = fixture.parameter(`p.${pytorchName(description, entry.name)}`);
      network.restore(state);
      const alpha: Variable[] = space.groups.map((group) => {
        const key = `p.${alphaNames[group.name]}`;
        return variable(fixture.values(key), fixture.shape(key), group.name);
      });
      const images = tensor(permute(fixture.values('x'), [4, 3, 16, 16], [0, 2, 3, 1]), [4, 16, 16, 3]);
      const classes = labels(Int32Array.from(fixture.values('labels')));
      const { loss, gradients, aux } = valueAndGradients(() => {
        const mix = mixOf({ weights: new Map(alpha.map((group) => [group.name, softmax(group.value)])), bare: false });
        const { logits } = network.forward(images, { mode: 'train', mix });
        return { loss: crossEntropy(logits, classes), logits };
      }, [...alpha, ...network.variables]);
      expect(difference(read(aux.logits), fixture.values('logits'))).toBeLessThan(1e-4);
      expect(loss).toBeCloseTo(fixture.values('loss')[0] ?? Number.NaN, 5);
      alpha.forEach(({ name: group }, index) => {
        const gradient = gradients[index];
        if (gradient === undefined) throw new RangeError(group);
        expect(difference(read(gradient), fixture.values(`d.${alphaNames[group]}`)), group).toBeLessThan(
          GRADIENT_TOLERANCE,
        );
        if (group === 'normal') {
          const row = Float32Array.from(FLOAT64_GRADIENT);
          expect(difference(read(gradient).slice(0, row.length), row)).toBeLessThan(1e-5);
        }
      });
      // Put in the place of the weights, gradients can be read by name.
      const before = network.state();
      network.variables.forEach((target, index) => {
        const gradient = gradients[alpha.length + index];
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
        if (largest > 1e-5) expect(found, parameter).toBeLessThan(10 * GRADIENT_TOLERANCE);
      }
    });
  },
);
