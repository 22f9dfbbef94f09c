import fc from 'fast-check';
import { expect, it } from 'vitest';
import { copyBox } from './copy-box.js';

const index = (shape: readonly number[], at: readonly number[]): number =>
  shape.reduce((sum, length, axis) => sum * length + (at[axis] ?? 0), 0);

it('copies every number of a box and no other', () => {
  const axis = fc.record({ size: fc.nat(3), before: fc.nat(2), after: fc.nat(2), target: fc.nat(2), rest: fc.nat(2) });
  fc.assert(
    fc.property(fc.array(axis, { minLength: 1, maxLength: 4 }), (axes) => {
      const size = axes.map((a) => a.size);
      const fromShape = axes.map((a) => a.before + a.size + a.after);
      const toShape = axes.map((a) => a.target + a.size + a.rest);
      const product = (shape: readonly number[]): number => shape.reduce((p, length) => p * length, 1);
      const source = Float32Array.from({ length: product(fromShape) }, (_, i) => i + 1);
      const found = new Float32Array(product(toShape));
      const from = { values: source, shape: fromShape, begin: axes.map((a) => a.before) };
      const to = { values: found, shape: toShape, begin: axes.map((a) => a.target) };
      copyBox(from, to, size);
      const expected = new Float32Array(found.length);
      for (let i = 0; i < product(size); i++) {
        let rest = i;
        const at = [...size].reverse().map((length) => {
          const place = rest % length;
          rest = Math.floor(rest / length);
          return place;
        });
        at.reverse();
        const shifted = (begin: readonly number[]): number[] => at.map((place, d) => place + (begin[d] ?? 0));
        expected[index(toShape, shifted(to.begin))] = source[index(fromShape, shifted(from.begin))] as number;
      }
      expect(found).toEqual(expected);
    }),
  );
});
