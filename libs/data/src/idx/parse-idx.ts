import { DataError } from '../error.js';

/** An array in the IDX format of LeCun's MNIST: unsigned bytes with their sizes. */
export interface IdxArray {
  readonly sizes: readonly number[];
  readonly values: Uint8Array;
}

/**
 * Reads an IDX array of unsigned bytes: magic number 0x0000080D with D dimensions, D big-endian
 * 32-bit sizes, then the bytes. `dimensions` lists the allowed numbers of dimensions; `path` is
 * named in errors.
 */
export function parseIdx(bytes: Uint8Array, path: string, dimensions: readonly number[]): IdxArray {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const allowed = dimensions.map((d) => hexMagic(0x800 + d)).join(' or ');
  if (bytes.byteLength < 4) {
    throw new DataError({
      code: 'truncated',
      field: path,
      found: `${bytes.byteLength} bytes`,
      allowed: `an IDX file with magic number ${allowed}`,
    });
  }
  const magic = view.getUint32(0);
  const count = magic - 0x800;
  if (!dimensions.includes(count)) {
    throw new DataError({
      code: 'wrong_format',
      field: path,
      found: `magic number ${hexMagic(magic)}`,
      allowed: `${allowed} (IDX of unsigned bytes)`,
    });
  }
  const start = 4 + 4 * count;
  const sizes = bytes.byteLength < start ? [] : Array.from({ length: count }, (_, i) => view.getUint32(4 + 4 * i));
  const expected = start + (sizes.length === 0 ? 0 : sizes.reduce((product, size) => product * size, 1));
  if (bytes.byteLength !== expected) {
    throw new DataError({
      code: bytes.byteLength < expected ? 'truncated' : 'wrong_format',
      field: path,
      found: `${bytes.byteLength} bytes`,
      allowed: `${expected} bytes, as its header says (${start} of header, sizes ${sizes.join('×') || 'missing'})`,
    });
  }
  return { sizes, values: bytes.subarray(start) };
}

function hexMagic(magic: number): string {
  return `0x${magic.toString(16).padStart(8, '0')}`;
}
