import { randomStream, read, tensor } from '@oneshot/engine';
import { describe, expect, it } from 'vitest';
import { parseGenotype } from '../genotype/notation.js';
import { randomGenotype } from '../genotype/random.js';
import { Network } from '../network/network.js';
import { parameterCount } from '../network/parameter-table.js';
import { createSpace } from '../spaces/space.js';
import { cellsOf } from '../testing/cells-of.js';
import { derivedNetwork } from './derived.js';

const DARTS_V2 = parseGenotype(
  "Genotype(normal=[('sep_conv_3x3', 0), ('sep_conv_3x3', 1), ('sep_conv_3x3', 0), ('sep_conv_3x3', 1), ('sep_conv_3x3', 1), ('skip_connect', 0), ('skip_connect', 0), ('dil_conv_3x3', 2)], normal_concat=range(2, 6), reduce=[('max_pool_3x3', 0), ('max_pool_3x3', 1), ('skip_connect', 2), ('max_pool_3x3', 1), ('max_pool_3x3', 0), ('skip_connect', 2), ('skip_connect', 2), ('max_pool_3x3', 1)], reduce_concat=range(2, 6))",
);
const cifar = { input: { height: 32, width: 32, channels: 3 }, outputs: 10 };
const darts = createSpace('darts');

describe('derived networks', () => {
  it('of DARTS_V2 have as many parameters as their PyTorch form', () => {
    // Printed by the same skeleton and genotype written in PyTorch, norms without affine
    // parameters.
    expect(parameterCount(derivedNetwork(darts, DARTS_V2, { ...cifar, affine: false }))).toBe(239898);
  });

  it('of DARTS_V2 at 20 cells and 36 channels have the 3.35 M parameters of the authors’ code', () => {
    // "param size = 3.349342MB" with the auxiliary head left out (quark0/darts prints sizes in
    // millions).
    expect(parameterCount(derivedNetwork(darts, DARTS_V2, { ...cifar, cells: 20, channels: 36 }))).toBe(3349342);
  });

  it('run in every space, whatever the genotype', () => {
    const images = tensor(
      Float32Array.from({ length: 2 * 144 }, (_, index) => Math.sin(index)),
      [2, 12, 12, 1],
    );
    for (const definition of [
      { name: 'toy_cell', channels: 2 },
      { name: 'darts', cells: 3, channels: 2, nodes: 2 },
      { name: 'nasbench201', cells: 1, channels: 2 },
    ]) {
      const space = createSpace(definition);
      for (let seed = 0; seed < 5; seed++) {
        const genotype = randomGenotype(space, randomStream(seed, 'test'));
        const image = { height: 12, width: 12, channels: 1 };
        const network = new Network(derivedNetwork(space, genotype, { input: image, outputs: 3 }), { seed });
        const logits = read(network.forward(images, { mode: 'train' }).logits);
        expect([...logits].every(Number.isFinite)).toBe(true);
        network.dispose();
      }
    }
  });

  it('with drop path keep their weights in place and have a coefficient for all but identities', () => {
    const plain = derivedNetwork(darts, DARTS_V2, cifar);
    const dropping = derivedNetwork(darts, DARTS_V2, { ...cifar, dropPath: true });
    expect(parameterCount(dropping)).toBe(parameterCount(plain));
    // Normal cells: 2 of 8 edges are identities. Reduction cells: 3 of 8, since skips at stride 2
    // are convolutions and those from state 2 are not.
    expect(cellsOf(dropping).map(({ schedule }) => schedule.mixCount)).toEqual([0, 6, 6, 5, 6, 6, 5, 6, 6]);
  });

  it('refuse what cannot be built', () => {
    expect(() => derivedNetwork(darts, DARTS_V2, { ...cifar, channels: 0 })).toThrow('channels');
    expect(() => derivedNetwork(createSpace('nasbench201'), DARTS_V2, cifar)).toThrow(
      'found darts; the space is nasbench201',
    );
    const small = { input: { height: 12, width: 12, channels: 3 }, outputs: 10 };
    expect(() => derivedNetwork(darts, DARTS_V2, { ...small, auxiliary: 0.4 })).toThrow(
      'an auxiliary head needs at least 5×5',
    );
    const mnist = { input: { height: 28, width: 28, channels: 1 }, outputs: 10 };
    expect(derivedNetwork(darts, DARTS_V2, { ...mnist, auxiliary: 0.4 }).auxiliary).toEqual({ from: 6, weight: 0.4 });
  });
});
