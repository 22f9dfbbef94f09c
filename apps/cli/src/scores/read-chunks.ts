import { closeSync, openSync, readSync } from 'node:fs';

const chunkBytes = 1 << 20;

/** The bytes of a file, or of an open descriptor such as 0, standard input, piece by piece. */
export function* readChunks(file: string | number): Iterable<Uint8Array> {
  const descriptor = typeof file === 'number' ? file : openSync(file, 'r');
  try {
    for (;;) {
      const chunk = Buffer.allocUnsafeSlow(chunkBytes);
      const length = readWhenReady(descriptor, chunk);
      if (length === 0) return;
      yield chunk.subarray(0, length);
    }
  } finally {
    if (typeof file === 'string') closeSync(descriptor);
  }
}

const pauseMs = 5;
const pause = new Int32Array(new SharedArrayBuffer(4));

/**
 * A pipe that does not block has nothing yet where its writer is slower; a file always has its next
 * bytes.
 */
function readWhenReady(descriptor: number, chunk: Buffer): number {
  for (;;) {
    try {
      return readSync(descriptor, chunk);
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EAGAIN')) throw error;
      Atomics.wait(pause, 0, 0, pauseMs);
    }
  }
}
