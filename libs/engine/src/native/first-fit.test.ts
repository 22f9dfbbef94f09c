import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type AddressRange, FirstFit } from './first-fit.js';

const lengths = fc.array(fc.integer({ min: 1, max: 100 }), { minLength: 1, maxLength: 40 });

it('touches no more than was in use together when ranges come back in reverse order', () => {
  fc.assert(
    fc.property(fc.array(lengths, { minLength: 1, maxLength: 8 }), (passes) => {
      const space = new FirstFit();
      let most = 0;
      for (const pass of passes) {
        const taken = pass.map((length) => space.take(length) as AddressRange);
        most = Math.max(most, space.used);
        for (const range of taken.reverse()) space.give(range);
      }
      expect(space.touched).toBe(most);
      expect(space.used).toBe(0);
    }),
  );
});

it('never lends an address twice, and joins what comes back in any order', () => {
  fc.assert(
    fc.property(lengths, fc.infiniteStream(fc.nat()), (pass, numbers) => {
      const space = new FirstFit(10_000);
      const live: AddressRange[] = [];
      for (const length of pass) {
        live.push(space.take(length) as AddressRange);
        if (live.length > 3) {
          const [gone] = live.splice((numbers.next().value ?? 0) % live.length, 1);
          if (gone !== undefined) space.give(gone);
        }
        const sorted = [...live].sort((a, b) => a.start - b.start);
        sorted.slice(1).forEach((range, i) => {
          const before = sorted[i] as AddressRange;
          expect(range.start).toBeGreaterThanOrEqual(before.start + before.length);
        });
      }
      for (const range of live) space.give(range);
      expect(space.take(10_000)).toEqual({ start: 0, length: 10_000 });
    }),
  );
});

it('refuses what is longer than all that is free', () => {
  const space = new FirstFit(100);
  const first = space.take(60) as AddressRange;
  expect(space.take(41)).toBeNull();
  space.give(first);
  expect(space.take(100)).toEqual({ start: 0, length: 100 });
});
