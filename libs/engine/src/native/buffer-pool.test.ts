import { expect, it } from 'vitest';
import { BufferPool } from './buffer-pool.js';

it('lends the same memory again for a size of the same class', () => {
  const pool = new BufferPool();
  const first = pool.take(1_000_000);
  expect(first.length).toBe(1_000_000);
  const { buffer } = first;
  pool.give(first);
  expect(pool.freeBytes).toBe(buffer.byteLength);
  expect(pool.take(999_000).buffer).toBe(buffer);
  expect(pool.freeBytes).toBe(0);
});

it('never lends one memory twice, even if it is given back twice', () => {
  const pool = new BufferPool();
  const first = pool.take(10_000);
  pool.give(first);
  pool.give(first);
  expect(pool.take(10_000).buffer).not.toBe(pool.take(10_000).buffer);
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

it('wastes at most a quarter', () => {
  const pool = new BufferPool();
  for (const size of [4096, 5000, 5121, 65_537, 1_048_577, 3_000_000]) {
    expect(pool.take(size).buffer.byteLength / 4 / size).toBeLessThanOrEqual(1.25);
  }
});
