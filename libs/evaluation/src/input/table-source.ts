/**
 * A table as text, or as its bytes in UTF-8, piece by piece; pieces may end anywhere. They are read
 * once, from the first to the last.
 */
export type TableSource = string | Iterable<Uint8Array>;

/** The bytes of a table. */
export function chunksOf(source: TableSource): Iterable<Uint8Array> {
  return typeof source === 'string' ? [Buffer.from(source)] : source;
}
