import { createHash } from 'node:crypto';
import { invalidArgument } from '../errors.js';
import { gammaLogSamples } from './gamma.js';
import { philox } from './philox.js';

type Key = readonly [number, number];

/** A word as a number strictly between 0 and 1. */
const open = (word: number): number => (word + 0.5) / 2 ** 32;

/**
 * Random numbers as a pure function of a key and a counter: asking twice gives the same numbers,
 * and nothing needs to be saved to resume. Use one stream (one purpose, or one counter) per
 * quantity drawn: the methods of one stream share their random words.
 */
export class RandomStream {
  constructor(
    private readonly key: Key,
    private readonly counter: number = 0,
  ) {}

  /**
   * The stream at another counter, such as the step of a search: independent of this one. A whole
   * number from 0 on.
   */
  at(counter: number): RandomStream {
    if (!Number.isSafeInteger(counter) || counter < 0) {
      invalidArgument('counter', `expected a whole number of at least 0, found ${counter}`);
    }
    return new RandomStream(this.key, counter);
  }

  /**
   * What the numbers are a function of: the words of the key, and of the counter, the lower first.
   */
  address(): { readonly key: readonly [number, number]; readonly counter: readonly [number, number] } {
    return { key: this.key, counter: [this.counter >>> 0, Math.floor(this.counter / 2 ** 32)] };
  }

  /** `n` words. `lane` tells apart uses that must not share words. */
  private words(n: number, lane = 0): Uint32Array {
    if (!Number.isSafeInteger(n) || n < 0) invalidArgument('n', `expected a whole number of at least 0, found ${n}`);
    const out = new Uint32Array(Math.ceil(n / 4) * 4);
    const [low, high] = [this.counter >>> 0, Math.floor(this.counter / 2 ** 32)];
    for (let block = 0; block * 4 < n; block++) philox([block, lane, low, high], this.key, out, block * 4);
    return out.subarray(0, n);
  }

  /** Doubles in `[0, 1)` with 53 random bits. */
  private doubles(n: number): Float64Array {
    const words = this.words(2 * n);
    return Float64Array.from(
      { length: n },
      (_, i) => ((words[2 * i] as number) * 2 ** 21 + ((words[2 * i + 1] as number) >>> 11)) / 2 ** 53,
    );
  }

  /** `n` numbers in `[0, 1)`, multiples of 2⁻²⁴. */
  uniform(n: number): Float32Array {
    return Float32Array.from(this.words(n), (word) => (word >>> 8) / 2 ** 24);
  }

  /** `n` standard normal numbers (Box and Muller 1958). */
  normal(n: number): Float32Array {
    const words = this.words(n + (n % 2));
    const out = new Float32Array(n);
    for (let i = 0; i < n; i += 2) {
      const radius = Math.sqrt(-2 * Math.log(open(words[i] as number)));
      const angle = 2 * Math.PI * open(words[i + 1] as number);
      out[i] = radius * Math.cos(angle);
      if (i + 1 < n) out[i + 1] = radius * Math.sin(angle);
    }
    return out;
  }

  /** `n` standard exponential numbers. */
  exponential(n: number): Float32Array {
    return Float32Array.from(this.words(n), (word) => -Math.log(open(word)));
  }

  /** `n` standard Gumbel numbers, `−log(−log u)`. */
  gumbel(n: number): Float32Array {
    return Float32Array.from(this.words(n), (word) => -Math.log(-Math.log(open(word))));
  }

  /**
   * One gamma number (scale 1) per shape; shapes above 0. Element i depends on its own shape only.
   */
  gamma(shape: Float64Array): Float64Array {
    return this.gammaLog(shape).map(Math.exp);
  }

  /** Logarithms of `gamma`: exact where a small shape makes the number itself vanish. */
  gammaLog(shape: Float64Array): Float64Array {
    const [low, high] = [this.counter >>> 0, Math.floor(this.counter / 2 ** 32)];
    const words = new Uint32Array(4);
    return gammaLogSamples(shape, (element, attempt) => {
      philox([attempt, element + 1, low, high], this.key, words, 0);
      return words;
    });
  }

  /**
   * Rows of `columns` weights, each row from the Dirichlet distribution with its concentrations;
   * rows sum to 1.
   */
  dirichlet(concentration: Float64Array, columns: number): Float64Array {
    const logs = this.gammaLog(concentration);
    for (let row = 0; row < logs.length; row += columns) {
      const part = logs.subarray(row, row + columns);
      const largest = Math.max(...part);
      const exponentials = part.map((log) => Math.exp(log - largest));
      const sum = exponentials.reduce((a, b) => a + b, 0);
      part.set(exponentials.map((value) => value / sum));
    }
    return logs;
  }

  /** `n` whole numbers in `[0, below)`; `below` at most 2³¹. */
  integers(n: number, below: number): Int32Array {
    if (!Number.isInteger(below) || below < 1 || below > 2 ** 31) {
      invalidArgument('below', `expected a whole number in 1 … 2^31, found ${below}`);
    }
    return Int32Array.from(this.doubles(n), (value) => Math.floor(value * below));
  }

  /** The numbers `0 … n−1` in random order (Fisher and Yates). */
  permutation(n: number): Uint32Array {
    const draws = this.doubles(n);
    const out = Uint32Array.from({ length: n }, (_, i) => i);
    for (let i = n - 1; i > 0; i--) {
      const j = Math.floor((draws[i] as number) * (i + 1));
      const kept = out[i] as number;
      out[i] = out[j] as number;
      out[j] = kept;
    }
    return out;
  }
}

/**
 * The stream of a seed and a purpose, such as `randomStream(3, 'sampler', 'epoch', 7)`. Different
 * purposes are independent; the number 1 and the string '1' are different purposes.
 */
export function randomStream(seed: number | bigint, ...purpose: readonly (string | number)[]): RandomStream {
  if (typeof seed === 'number' && !Number.isSafeInteger(seed)) {
    invalidArgument('seed', `expected a whole number, found ${seed}`);
  }
  const digest = createHash('sha256')
    .update(JSON.stringify([String(seed), ...purpose]))
    .digest();
  return new RandomStream([digest.readUInt32LE(0), digest.readUInt32LE(4)]);
}
