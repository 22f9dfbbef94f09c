import { DataError } from '../error.js';

/** A regular file of a tar archive. */
export interface TarEntry {
  readonly name: string;
  readonly bytes: Uint8Array;
}

const block = 512;

/**
 * Reads the regular files of an uncompressed tar archive (POSIX ustar). `path` is named in errors.
 */
export function unpackTar(archive: Uint8Array, path: string): TarEntry[] {
  const entries: TarEntry[] = [];
  let at = 0;
  while (at + block <= archive.length && archive[at] !== 0) {
    const header = archive.subarray(at, at + block);
    const size = octal(header.subarray(124, 136));
    const type = String.fromCharCode(header[156] ?? 0);
    const start = at + block;
    if (
      !Number.isFinite(size) ||
      start + size > archive.length ||
      checksum(header) !== octal(header.subarray(148, 156))
    ) {
      throw new DataError({
        code: 'wrong_format',
        field: path,
        found: `a broken tar header or a cut-off file at byte ${at}`,
        allowed: 'a whole tar archive',
      });
    }
    if (type === '0' || type === '\0') {
      const name = [text(header.subarray(345, 500)), text(header.subarray(0, 100))].filter((s) => s !== '').join('/');
      entries.push({ name, bytes: archive.subarray(start, start + size) });
    }
    at = start + Math.ceil(size / block) * block;
  }
  return entries;
}

function text(field: Uint8Array): string {
  const end = field.indexOf(0);
  return Buffer.from(end < 0 ? field : field.subarray(0, end)).toString('utf8');
}

function octal(field: Uint8Array): number {
  return Number.parseInt(text(field).trim(), 8);
}

/** Sum of the header's bytes, its own checksum field counted as blanks. */
function checksum(header: Uint8Array): number {
  return header.reduce((sum, byte, i) => sum + (i >= 148 && i < 156 ? 32 : byte), 0);
}
