import { refuseBeyondMemory } from '../memory.js';
import { NameIndex } from './name-index.js';

/** Five columns and two slots; old and new ones are there at the same time. */
const bytesEach = 32 + 16;

/** Scores as they are read, in columns; `seed` tells repetitions apart. */
export class ScoreRows {
  readonly methods = new NameIndex();
  readonly benchmarks = new NameIndex();
  readonly seeds = new NameIndex();
  size = 0;
  /** `[size]`: numbers of names, and the scores. */
  method = new Uint32Array(1024);
  benchmark = new Uint32Array(1024);
  value = new Float64Array(1024);
  private seed = new Uint32Array(1024);
  private line = new Uint32Array(1024);
  /** Number of the row plus 1, by hash of its names; 0 is free. */
  private slots = new Uint32Array(2048);

  /**
   * Adds a score. A second one of the same method, benchmark and seed is not added.
   *
   * @param line where it stands, from 1
   * @returns the line of the score that is there already, or 0 if it was added
   */
  add(method: number, benchmark: number, seed: number, value: number, line: number): number {
    if (this.size === this.method.length) this.grow();
    const at = this.size;
    this.method[at] = method;
    this.benchmark[at] = benchmark;
    this.seed[at] = seed;
    const slot = this.slotOf(at);
    const known = this.slots[slot] as number;
    if (known > 0) return this.line[known - 1] as number;
    this.slots[slot] = at + 1;
    this.value[at] = value;
    this.line[at] = line;
    this.size += 1;
    return 0;
  }

  /** Where a row with the same names is known, or else would be. */
  private slotOf(row: number): number {
    const { method, benchmark, seed, slots } = this;
    const [m, b, s] = [method[row] as number, benchmark[row] as number, seed[row] as number];
    let hash = Math.imul(m, 0x9e3779b1) ^ Math.imul(b, 0x85ebca6b) ^ Math.imul(s, 0xc2b2ae35);
    hash ^= hash >>> 15;
    hash = Math.imul(hash, 0x27d4eb2f);
    hash ^= hash >>> 13;
    const mask = slots.length - 1;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const known = (slots[slot] as number) - 1;
      if (known < 0 || (method[known] === m && benchmark[known] === b && seed[known] === s)) return slot;
    }
  }

  private grow(): void {
    const size = 2 * this.method.length;
    refuseBeyondMemory(bytesEach * size, `More than ${this.size.toLocaleString('en')} scores`);
    this.method = grown(this.method, new Uint32Array(size));
    this.benchmark = grown(this.benchmark, new Uint32Array(size));
    this.seed = grown(this.seed, new Uint32Array(size));
    this.line = grown(this.line, new Uint32Array(size));
    this.value = grown(this.value, new Float64Array(size));
    this.slots = new Uint32Array(2 * size);
    for (let row = 0; row < this.size; row++) this.slots[this.slotOf(row)] = row + 1;
  }
}

function grown<Column extends Uint32Array | Float64Array>(column: Column, larger: Column): Column {
  larger.set(column);
  return larger;
}
