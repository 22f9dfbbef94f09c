import { expect, it } from 'vitest';
import { philox } from './philox.js';

const words = (counter: [number, number, number, number], key: [number, number]): string[] => {
  const out = new Uint32Array(4);
  philox(counter, key, out, 0);
  return [...out].map((word) => word.toString(16).padStart(8, '0'));
};

// Known answers of philox4x32 with 10 rounds: `kat_vectors` of the Random123 library.
it('gives the known answers of Philox4x32-10', () => {
  const ones = 0xffffffff;
  expect(words([0, 0, 0, 0], [0, 0])).toEqual(['6627e8d5', 'e169c58d', 'bc57ac4c', '9b00dbd8']);
  expect(words([ones, ones, ones, ones], [ones, ones])).toEqual(['408f276d', '41c83b0e', 'a20bc7c6', '6d5451fd']);
  expect(words([0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344], [0xa4093822, 0x299f31d0])).toEqual([
    'd16cfe09',
    '94fdcceb',
    '5001e420',
    '24126ea1',
  ]);
});
