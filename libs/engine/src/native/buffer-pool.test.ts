import { expect, it } from 'vitest';
import { BufferPool, pooledBytes } from './buffer-pool.js';

it('lends the same memory again, for sizes of all kinds', () => {
  const pool = new BufferPool();
  const first = pool.take(1_000_000);
  expect(first.length).toBe(1_000_000);
  const { buffer, byteOffset } = first;
  pool.give(first);
  expect(pool.freeBytes).toBe(pooledBytes(1_000_000));
  for (const size of [999_000, 300_000]) {
    const again = pool.take(size);
    expect([again.buffer, again.byteOffset, again.length]).toEqual([buffer, byteOffset, size]);
    pool.give(again);
  }
});

it('never lends one memory twice, even if it is given back twice', () => {
  const pool = new BufferPool();
  const first = pool.take(10_000);
  pool.give(first);
  pool.give(first);
  const [a, b] = [pool.take(10_000).fill(1), pool.take(10_000).fill(2)];
  expect(a.every((value) => value === 1) && b.every((value) => value === 2)).toBe(true);
});

it('takes back only what it lent itself, and knows views of its memory', () => {
  const pool = new BufferPool();
  const lent = pool.take(10_000);
  const view = lent.subarray(0, 100);
  pool.give(view);
  pool.give(new Float32Array(10_000));
  pool.give('a string tensor');
  expect(pool.freeBytes).toBe(0);
  expect(pool.isForeignView(view)).toBe(true);
  expect(pool.isForeignView(lent)).toBe(false);
  expect(pool.isForeignView(new Float32Array(3))).toBe(false);
});

it('wastes less than a page', () => {
  for (const size of [4096, 5000, 5121, 65_537, 1_048_577, 3_000_000]) {
    expect(pooledBytes(size) - 4 * size).toBeLessThan(4096);
  }
});

it('serves an array larger than what it asks of the system at once, and gives all back', () => {
  const pool = new BufferPool();
  const small = pool.take(5000);
  const large = pool.take(2 ** 27 + 1);
  expect(large.length).toBe(2 ** 27 + 1);
  pool.give(large);
  expect(pool.freeBytes).toBe(pooledBytes(2 ** 27 + 1));
  pool.clear();
  expect(pool.freeBytes).toBe(0);
  pool.give(small);
});
