/**
 * Named flat arrays with text metadata, in the safetensors layout: header length (u64), JSON
 * header, values (little-endian float32).
 */
export interface TensorFile {
  readonly metadata: Readonly<Record<string, string>>;
  readonly tensors: Readonly<Record<string, Float32Array>>;
}

const LENGTH_BYTES = 8;

/** Largest header read, in bytes; a longer one is taken for damage. */
const HEADER_LIMIT = 100 * 2 ** 20;

/** The bytes of values, not copied. */
export function tensorBytes({ buffer, byteOffset, byteLength }: Float32Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

/** Encodes a file; tensors in code-unit order of their names. */
export function encodeTensors({ metadata, tensors }: TensorFile): Uint8Array {
  const names = Object.keys(tensors).sort();
  const header: Record<string, unknown> = { __metadata__: metadata };
  let offset = 0;
  for (const name of names) {
    const values = tensors[name] ?? new Float32Array(0);
    header[name] = { dtype: 'F32', shape: [values.length], data_offsets: [offset, offset + values.byteLength] };
    offset += values.byteLength;
  }
  const text = new TextEncoder().encode(JSON.stringify(header));
  const padded = Math.ceil(text.length / LENGTH_BYTES) * LENGTH_BYTES;
  const file = new Uint8Array(LENGTH_BYTES + padded + offset).fill(0x20, LENGTH_BYTES, LENGTH_BYTES + padded);
  new DataView(file.buffer).setBigUint64(0, BigInt(padded), true);
  file.set(text, LENGTH_BYTES);
  let start = LENGTH_BYTES + padded;
  for (const name of names) {
    const bytes = tensorBytes(tensors[name] ?? new Float32Array(0));
    file.set(bytes, start);
    start += bytes.length;
  }
  return file;
}

/**
 * Decodes a file. Throws a RangeError in plain words when it is truncated or not of this layout.
 */
export function decodeTensors(file: Uint8Array): TensorFile {
  if (file.length < LENGTH_BYTES) throw new RangeError(`found ${file.length} bytes; a header alone needs more`);
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const headerBytes = Number(view.getBigUint64(0, true));
  if (headerBytes > HEADER_LIMIT)
    throw new RangeError(`claims a header of ${headerBytes} bytes; not a safetensors file`);
  const start = LENGTH_BYTES + headerBytes;
  if (file.length < start) throw new RangeError(`truncated: found ${file.length} bytes; its header ends at ${start}`);
  const header = parseHeader(file.subarray(LENGTH_BYTES, start));
  const tensors: Record<string, Float32Array> = {};
  let end = 0;
  const entries = Object.entries(header)
    .filter(([name]) => name !== '__metadata__')
    .map(([name, entry]) => ({ name, offsets: offsetsOf(name, entry) }))
    .sort((a, b) => a.offsets[0] - b.offsets[0] || a.offsets[1] - b.offsets[1]);
  for (const { name, offsets } of entries) {
    const [from, to] = offsets;
    if (from !== end) throw new RangeError(`${name}: starts at ${from}; expected ${end}`);
    end = to;
    if (file.length < start + to) {
      throw new RangeError(`truncated: found ${file.length} bytes; ${name} ends at ${start + to}`);
    }
    // Copied: a file read by Node.js is a view that need not be aligned.
    const values = new Uint8Array(to - from);
    values.set(file.subarray(start + from, start + to));
    tensors[name] = new Float32Array(values.buffer);
  }
  if (file.length !== start + end)
    throw new RangeError(`found ${file.length} bytes; its header describes ${start + end}`);
  return { metadata: metadataOf(header.__metadata__), tensors };
}

function parseHeader(bytes: Uint8Array): Record<string, unknown> {
  try {
    const header: unknown = JSON.parse(new TextDecoder().decode(bytes));
    if (isRecord(header)) return header;
  } catch (error) {
    throw new RangeError(`its header is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  throw new RangeError('its header is not a JSON object');
}

function offsetsOf(name: string, entry: unknown): readonly [number, number] {
  const offsets: unknown = isRecord(entry) ? entry.data_offsets : undefined;
  if (!isRecord(entry) || entry.dtype !== 'F32' || !Array.isArray(offsets)) {
    throw new RangeError(`${name}: expected dtype F32 with data_offsets`);
  }
  const [from, to]: unknown[] = offsets;
  const whole = Number.isInteger(from) && Number.isInteger(to);
  if (!whole || typeof from !== 'number' || typeof to !== 'number' || to < from || (to - from) % 4 !== 0) {
    throw new RangeError(`${name}: data_offsets [${String(from)}, ${String(to)}] make no array of float32`);
  }
  return [from, to];
}

function metadataOf(value: unknown): Record<string, string> {
  if (!isRecord(value)) return {};
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, text]) => (typeof text === 'string' ? [[key, text]] : [])),
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
