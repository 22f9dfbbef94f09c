import { createHash } from 'node:crypto';
import type { TableInput } from './table-task.js';

/** A table that tells its digest. */
export interface DigestedTable extends TableInput {
  /** sha256 of the bytes, in hexadecimal; to be asked for once they were read to the end. */
  readonly digest: () => string;
}

/** The table, digested while it is read. */
export function withDigest(table: TableInput): DigestedTable {
  const hash = createHash('sha256');
  let digest: string | undefined;
  function* chunks(): Iterable<Uint8Array> {
    for (const chunk of table.chunks) {
      hash.update(chunk);
      yield chunk;
    }
  }
  return {
    ...table,
    chunks: chunks(),
    digest: () => {
      digest ??= hash.digest('hex');
      return digest;
    },
  };
}
