import { expect, it } from 'vitest';
import { supernet } from '../build/supernet.js';
import { createSpace } from './space.js';

it('channels inside a block are rounded before they are made a multiple of 8, as in the authors’ code', () => {
  const space = createSpace({ name: 'mobilenetv3', kernels: [3], expansions: [2.725], depths: [1] });
  const target = { image: { height: 32, width: 32, channels: 3 }, classes: 10 };
  const { blocks } = supernet(space, target).description;
  const expand = blocks.find(({ name }) => name.endsWith('stage1.block1.3_2.725.expand'));
  // 16 × 2.725 = 43.6, which alone would become 40.
  expect(expand?.kind === 'operation' && expand.shape).toEqual([16, 16, 48]);
});
