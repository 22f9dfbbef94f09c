import { closeSync, openSync, readSync } from 'node:fs';

const chunkBytes = 1 << 20;

/** The bytes of a file, or of an open descriptor such as 0, standard input, piece by piece. */
export function* readChunks(file: string | number): Iterable<Uint8Array> {
  const descriptor = typeof file === 'number' ? file : openSync(file, 'r');
  try {
    for (;;) {
      const chunk = Buffer.allocUnsafeSlow(chunkBytes);
      const length = readSync(descriptor, chunk);
      if (length === 0) return;
      yield chunk.subarray(0, length);
    }
  } finally {
    if (typeof file === 'string') closeSync(descriptor);
  }
}
