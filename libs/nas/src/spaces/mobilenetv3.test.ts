import { expect, it } from 'vitest';
import { networkCost } from '../network/cost.js';
import { supernet } from '../supernet.js';
import { createSpace } from './space.js';

const target = { input: { height: 32, width: 32, channels: 3 }, outputs: 10 };

it('channels inside a block are rounded before they are made a multiple of 8, as in the authors’ code', () => {
  const space = createSpace({ name: 'mobilenetv3', kernels: [3], expansions: [2.725], depths: [1] });
  const { blocks } = supernet(space, target).description;
  const expand = blocks.find(({ name }) => name.endsWith('stage1.block1.3_2.725.expand'));
  // 16 × 2.725 = 43.6, which alone would become 40.
  expect(expand?.kind === 'operation' && expand.shape).toEqual([16, 16, 48]);
});

it('a path reads parts of the weights that all share, and does the work of its own sizes only', () => {
  const space = createSpace('mobilenetv3');
  const whole = supernet(space, target, { sharing: 'shared' });
  const path = (place: number) =>
    whole.path(new Map(space.choices.map(({ id, options }) => [id, options.slice(place, place + 1)])), false);
  const [smallest, middle, largest] = [0, 1, 2].map((place) => networkCost(path(place)).multiplyAdds);
  expect(middle).toBeGreaterThan(1.5 * (smallest ?? 0));
  expect(largest).toBeGreaterThan(1.5 * (middle ?? 0));
  const parts = path(0).blocks.flatMap((block) => (block.kind === 'operation' ? block.parameters : []));
  const cut = parts.find(({ name }) => name === 'stage1.block1.depthwise.kernel');
  expect(cut).toMatchObject({ full: [7, 7, 96], shape: [3, 3, 48], start: [2, 2, 0] });
});
