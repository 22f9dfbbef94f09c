import { read, selectBackend, tidy } from '@oneshot/engine';
import { createSpace, derivedNetwork, genotypeOf, mixOf, Network } from '@oneshot/nas';
import { beforeAll, describe, expect, it } from 'vitest';
import { parseSearchSpec } from '../spec/search-spec.js';
import { taskOf } from '../task/image-classification.js';
import { tinyDataset } from '../testing/tiny-dataset.js';
import { searchBatches } from './search-batches.js';
import { SearchModel } from './search-model.js';

const dataset = tinyDataset(8);
const task = taskOf(dataset);

beforeAll(() => selectBackend({ backend: 'auto', threads: 1 }));

/** A supernet of the method, and images. */
function setUp(method: string, definition: object) {
  const profile = { method, batch: 8, augment: { crop: 0, flip: false } };
  const spec = parseSearchSpec({ space: definition, profile, data: { name: 'tiny' }, seed: 6 });
  const space = createSpace(spec.space);
  const model = new SearchModel(space, spec.profile, task, 6);
  const split = { train: Uint32Array.from({ length: 16 }, (_, i) => i), validation: Uint32Array.of(), digest: '' };
  const { input } = task.layOut(searchBatches(spec, dataset, split, 'train').batch(0, 0));
  return { space, model, input };
}

describe.each([
  ['rome', { name: 'robust_darts', subspace: 'S2', cells: 3, channels: 2 }],
  ['rome_v1', { name: 'robust_darts', subspace: 'S2', cells: 3, channels: 2 }],
  ['rsps', { name: 'robust_darts', subspace: 'S2', cells: 3, channels: 2 }],
  ['gdas', { name: 'nasbench201', cells: 1, channels: 2, primitives: ['none', 'skip_connect', 'nor_conv_3x3'] }],
  ['spos', { name: 'nasbench201', cells: 1, channels: 2, primitives: ['none', 'skip_connect', 'nor_conv_3x3'] }],
])('a draw of %s', (method, definition) => {
  it('computes what the network of its architecture computes with the same weights', () => {
    const { space, model, input } = setUp(method, definition);
    for (let draw = 0; draw < 3; draw++) {
      const drawn = model.draw('weights', { epoch: 0, step: 1, draw });
      const { active = new Map<string, readonly string[]>(), bare } = drawn;
      const path = model.supernet.path(active, bare);
      const found = read(tidy(() => model.network.forward(input, { mode: 'train', mix: mixOf(drawn), path }).logits));
      const derived = derivedNetwork(space, genotypeOf(space, active), { ...task.target, affine: false });
      const network = new Network(derived, { seed: 0 });
      const inherited = model.network.state();
      network.restore(
        Object.fromEntries(Object.keys(network.state()).map((name) => [name, inherited[name] ?? missing(name)])),
      );
      const wanted = read(tidy(() => network.forward(input, { mode: 'train' }).logits));
      wanted.forEach((logit, index) => {
        expect(found[index]).toBeCloseTo(logit, 4);
      });
      network.dispose();
    }
    model.dispose();
  });
});

function missing(name: string): never {
  throw new RangeError(`the supernet has no ${name}`);
}
