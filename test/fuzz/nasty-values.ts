import type { Random } from './random.js';

const texts = [
  '',
  ' ',
  '\0',
  'a\0b',
  '..',
  '../../..',
  'tiny-patterns/../..',
  '/etc',
  '/proc/self/fd',
  '/proc/self/environ',
  '\\\\host\\share',
  'file:///etc/passwd',
  '__proto__',
  'constructor',
  'toString',
  'NaN',
  '-1',
  '1e999',
  '%00%2f',
  "'; DROP TABLE runs; --",
  '%',
  '_',
  '😀'.repeat(400),
  'é'.repeat(3000),
  'x'.repeat(5000),
  '0'.repeat(64),
  'f'.repeat(64),
  'F'.repeat(64),
  'abcd',
  'eyJhIjoxfQ',
  'WzEsMl0',
  Buffer.from('[1e400,"x"]').toString('base64url'),
  Buffer.from('[-1,"x"]').toString('base64url'),
  'toy_cell',
  'darts',
  'random',
  'fashion-mnist-sample',
  'tiny-patterns',
];

const numbers = [
  0,
  -0,
  1,
  -1,
  0.5,
  1.5,
  -1e-300,
  1e300,
  2 ** 31,
  -(2 ** 31),
  2 ** 32,
  2 ** 53,
  2 ** 53 + 2,
  -(2 ** 60),
  Number.MAX_VALUE,
  Number.POSITIVE_INFINITY,
  Number.NEGATIVE_INFINITY,
  Number.NaN,
];

const integers = [0n, 1n, -1n, 7n, 1000n, 10_001n, 2n ** 31n, 2n ** 53n - 1n, 2n ** 53n, 2n ** 63n - 1n, -(2n ** 63n)];

/** A text that services are not made for; `known` are ids that exist. */
export function nastyText(random: Random, known: readonly string[]): string {
  if (known.length > 0 && random.chance(0.3)) return random.of(known);
  if (random.chance(0.01)) return 'y'.repeat(1_000_000);
  return random.of(texts);
}

export function nastyNumber(random: Random): number {
  return random.of(numbers);
}

export function nastyInteger(random: Random): bigint {
  return random.of(integers);
}

/** JSON of any kind, up to 60 levels deep. */
export function nastyJson(random: Random, known: readonly string[]): unknown {
  switch (random.below(8)) {
    case 0:
      return null;
    case 1:
      return random.chance(0.5);
    case 2:
      return nastyNumber(random);
    case 3:
      return Array.from({ length: random.below(4) }, () => nastyJson(random, known));
    case 4:
      return { [nastyText(random, known)]: nastyJson(random, known) };
    case 5:
      return nested(random, random.of([10, 40, 50, 60, 200]));
    case 6:
      return Array.from({ length: random.of([10, 1000, 20_000]) }, () => random.of([0, 'a', null]));
    default:
      return nastyText(random, known);
  }
}

function nested(random: Random, levels: number): unknown {
  let value: unknown = nastyNumber(random);
  const list = random.chance(0.5);
  for (let level = 0; level < levels; level += 1) value = list ? [value] : { a: value };
  return value;
}
