import { randomStream } from '../../random/stream.js';

const UPPER = 0xffff0000;
const bits = new Uint32Array(1);
const float = new Float32Array(bits.buffer);

function valueAt(pattern: number): number {
  bits[0] = pattern >>> 0;
  return float[0] as number;
}

/**
 * The definition: of the two bfloat16 values around `x` the nearer, of both as near the even one.
 */
export function nearestBf16(x: number): number {
  if (Number.isNaN(x) || !Number.isFinite(x)) return x;
  float[0] = x;
  const below = (bits[0] as number) & UPPER;
  const above = below + 0x10000;
  // Infinity stands where the next power of two would.
  const size = (pattern: number): number => {
    const value = Math.abs(valueAt(pattern));
    return Number.isFinite(value) ? value : 2 ** 128;
  };
  const [down, up] = [Math.abs(x) - size(below), size(above) - Math.abs(x)];
  const isEven = ((below >>> 16) & 1) === 0;
  return valueAt(down < up || (down === up && isEven) ? below : above);
}

/** Middles and their neighbours, the largest, the smallest, zeros, infinities, NaN, and any. */
export function roundingCases(): Float32Array {
  const patterns = [
    0, 1, 0x7fff, 0x8000, 0x8001, 0x18000, 0x7fffff, 0x800000, 0x808000, 0x3f808000, 0x3f818000, 0x3f807fff, 0x3f808001,
    0x7f7f7fff, 0x7f7f8000, 0x7f7fffff, 0x7f800000, 0x7f800001, 0x7fbfffff, 0x7fc00000, 0x7fffffff,
  ];
  const stream = randomStream(1, 'patterns');
  for (const u of stream.uniform(2000)) patterns.push(Math.floor(u * 0x7f800000));
  const all = Uint32Array.from(patterns.flatMap((pattern) => [pattern, (pattern | 0x80000000) >>> 0]));
  return new Float32Array(all.buffer);
}
