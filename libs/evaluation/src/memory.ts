import { freemem } from 'node:os';
import { constrainedMemory, memoryUsage } from 'node:process';
import { getHeapStatistics } from 'node:v8';

/** What was asked for does not fit into memory; told before the process dies of it. */
export class MemoryError extends Error {
  override readonly name = 'MemoryError';

  constructor(what: string, bytes: number, free: number) {
    super(`${what} take about ${megabytes(bytes)} MB of memory, and ${megabytes(free)} MB are free.`);
  }
}

// Less is not worth a look at what is free.
const smallBytes = 16 * 1024 * 1024;
// What V8's heap needs for itself, so that it collects garbage instead of giving up.
const usableHeap = 0.85;

/**
 * @throws MemoryError if arrays of so many bytes do not fit into what the machine, or the
 * container, has left
 */
export function refuseBeyondMemory(bytes: number, what: string): void {
  if (bytes < smallBytes) return;
  // Without a limit this is 0, or more than any machine has.
  const limit = constrainedMemory() ?? 0;
  const ofContainer = limit > 0 ? limit - memoryUsage.rss() : Number.POSITIVE_INFINITY;
  const free = Math.max(0, Math.min(freemem(), ofContainer));
  if (bytes > free) throw new MemoryError(what, bytes, free);
}

/**
 * @throws MemoryError if objects of so many bytes do not fit into what is left of V8's heap
 * (`--max-old-space-size`)
 */
export function refuseBeyondHeap(bytes: number, what: string): void {
  const { heap_size_limit: limit, used_heap_size: used } = getHeapStatistics();
  const free = Math.max(0, usableHeap * limit - used);
  if (bytes > free) throw new MemoryError(what, bytes, free);
}

function megabytes(bytes: number): string {
  return Math.ceil(bytes / 1e6).toLocaleString('en');
}
