const FEWEST_SLOTS = 64;

/**
 * Numbers names from 0 in the order in which they first appear. Names are kept as their bytes in
 * UTF-8, and decoded when asked for.
 */
export class NameIndex {
  private bytes = Buffer.allocUnsafe(1024);
  /** `[size + 1]`: where each name begins in `bytes`. */
  private starts = new Uint32Array(FEWEST_SLOTS);
  private hashes = new Uint32Array(FEWEST_SLOTS);
  /** Number of the name plus 1, by hash; 0 is free. */
  private slots = new Int32Array(2 * FEWEST_SLOTS);
  private latest = 0;
  size = 0;

  /** The number of the name that these bytes spell. */
  numberOf(source: Uint8Array, start: number, end: number): number {
    // Neighbours often have the same name.
    if (this.size > 0 && this.equals(this.latest, source, start, end)) return this.latest;
    let hash = 0x811c9dc5;
    for (let at = start; at < end; at++) hash = Math.imul(hash ^ (source[at] as number), 0x01000193);
    hash = (hash ^ (hash >>> 15)) >>> 0;
    const mask = this.slots.length - 1;
    let slot = hash & mask;
    for (;;) {
      const number = (this.slots[slot] as number) - 1;
      if (number < 0) break;
      if (this.hashes[number] === hash && this.equals(number, source, start, end)) {
        this.latest = number;
        return number;
      }
      slot = (slot + 1) & mask;
    }
    this.latest = this.size;
    this.slots[slot] = this.size + 1;
    this.append(source, start, end, hash);
    return this.latest;
  }

  /** The number of a name given as text. */
  numberOfText(name: string): number {
    const bytes = Buffer.from(name);
    return this.numberOf(bytes, 0, bytes.length);
  }

  name(number: number): string {
    return this.bytes.toString('utf8', this.starts[number], this.starts[number + 1]);
  }

  /** All names, by number. */
  names(): string[] {
    return Array.from({ length: this.size }, (_, number) => this.name(number));
  }

  private equals(number: number, source: Uint8Array, start: number, end: number): boolean {
    const own = this.starts[number] as number;
    if ((this.starts[number + 1] as number) - own !== end - start) return false;
    for (let at = start; at < end; at++) if (source[at] !== this.bytes[own + at - start]) return false;
    return true;
  }

  private append(source: Uint8Array, start: number, end: number, hash: number): void {
    const at = this.starts[this.size] as number;
    const next = at + end - start;
    if (next > this.bytes.length) {
      const larger = Buffer.allocUnsafe(Math.max(next, 2 * this.bytes.length));
      larger.set(this.bytes.subarray(0, at));
      this.bytes = larger;
    }
    this.bytes.set(source.subarray(start, end), at);
    this.hashes[this.size] = hash;
    this.size += 1;
    this.starts[this.size] = next;
    if (this.size + 1 === this.starts.length) this.grow();
  }

  private grow(): void {
    const size = 2 * this.starts.length;
    const starts = new Uint32Array(size);
    starts.set(this.starts);
    this.starts = starts;
    const hashes = new Uint32Array(size);
    hashes.set(this.hashes);
    this.hashes = hashes;
    this.slots = new Int32Array(2 * size);
    for (let number = 0; number < this.size; number++) {
      let slot = (hashes[number] as number) & (this.slots.length - 1);
      while (this.slots[slot] !== 0) slot = (slot + 1) & (this.slots.length - 1);
      this.slots[slot] = number + 1;
    }
  }
}
