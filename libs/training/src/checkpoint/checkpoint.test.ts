import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { needs } from '@oneshot/test/needs';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { type Checkpoint, decodeCheckpoint, encodeCheckpoint } from './checkpoint.js';
import { decodeTensors, encodeTensors } from './safetensors.js';
import { fileCheckpointStore } from './store.js';

const folder = mkdtempSync(join(tmpdir(), 'oneshot-checkpoint-'));
afterAll(() => rmSync(folder, { recursive: true }));

const owner = { kind: 'search', spec: 'a'.repeat(64), data: 'd'.repeat(64) } as const;
const checkpoint: Checkpoint = {
  ...owner,
  epoch: 3,
  arithmetic: [{ backend: 'native', simd: 'avx2', engine: '0.1.0' }],
  history: [{ epoch: 1, trainLoss: Math.fround(0.1) }],
  tensors: { 'alpha/normal': Float32Array.from([1, -2.5, 1e-30]), 'network/head': new Float32Array(5).fill(Math.PI) },
};
const file = encodeCheckpoint(checkpoint);

describe('a checkpoint', () => {
  it('comes back as it was written, bit for bit', () => {
    expect(decodeCheckpoint(file, owner)).toEqual(checkpoint);
    fc.assert(
      fc.property(fc.dictionary(fc.string({ minLength: 1 }), fc.float32Array()), (arrays) => {
        const tensors = Object.fromEntries(
          Object.entries(arrays).filter(([name]) => name !== '__metadata__' && name !== '__proto__'),
        );
        expect(decodeTensors(encodeTensors({ metadata: { a: 'b' }, tensors })).tensors).toEqual(tensors);
      }),
    );
  });

  it('of a version that did not record its arithmetic opens still', () => {
    const old = readFileSync(new URL('../testing/recorded/checkpoint-0.1.safetensors', import.meta.url));
    expect(decodeCheckpoint(old, owner)).toEqual({
      ...owner,
      epoch: 3,
      history: [{ epoch: 1, trainLoss: 0.5 }],
      arithmetic: [],
      tensors: { 'alpha/normal': Float32Array.of(1, -2.5), 'network/head': Float32Array.of(3, 4, 5) },
    });
  });

  it('is in the safetensors layout: length, JSON header, values', () => {
    const view = new DataView(file.buffer, file.byteOffset);
    const length = Number(view.getBigUint64(0, true));
    const header = JSON.parse(new TextDecoder().decode(file.subarray(8, 8 + length)));
    expect(header['alpha/normal']).toEqual({ dtype: 'F32', shape: [3], data_offsets: [0, 12] });
    expect(view.getFloat32(8 + length + 4, true)).toBe(-2.5);
  });

  it('is refused wherever it was cut off', () => {
    for (let length = 0; length < file.length; length += 7) {
      expect(() => decodeCheckpoint(file.subarray(0, length), owner)).toThrow(/^checkpoint: .*(found|claims)/);
    }
  });

  it('is refused whichever byte was damaged', () => {
    const start = 8 + Number(new DataView(file.buffer, file.byteOffset).getBigUint64(0, true));
    const fields = new TextDecoder().decode(file.subarray(8, start));
    for (const at of [start + 1, file.length - 1, 8 + fields.indexOf('trainLoss'), 8 + fields.indexOf('"3"') + 1]) {
      const damaged = file.slice();
      damaged[at] = (damaged[at] ?? 0) ^ 1;
      expect(() => decodeCheckpoint(damaged, owner)).toThrow(/found sha256 .*; it claims/);
    }
  });

  it('of another run, of other data, or of a newer program is refused with what was found', () => {
    expect(() => decodeCheckpoint(file, { ...owner, spec: 'b' })).toThrow(
      `checkpoint: found spec ${owner.spec}; this run has b`,
    );
    expect(() => decodeCheckpoint(file, { ...owner, data: 'e' })).toThrow(`found data ${owner.data}; this run has e`);
    expect(() => decodeCheckpoint(file, { ...owner, kind: 'training' })).toThrow(
      'found kind search; this run has training',
    );
    const newer = encodeTensors({ metadata: { format: 'oneshot-checkpoint', version: '9' }, tensors: {} });
    expect(() => decodeCheckpoint(newer, owner)).toThrow('found format version 9; this program reads up to 1');
    expect(() => decodeCheckpoint(encodeTensors({ metadata: {}, tensors: {} }), owner)).toThrow(
      'not those of a checkpoint',
    );
  });
});

describe('a checkpoint file', () => {
  it('is absent at first, then the latest one saved, with nothing left beside it', async () => {
    const store = fileCheckpointStore(join(folder, 'run', 'search.safetensors'));
    expect(await store.load()).toBeNull();
    await store.save(file);
    await store.save(encodeCheckpoint({ ...checkpoint, epoch: 4 }));
    const bytes = await store.load();
    expect(decodeCheckpoint(bytes ?? new Uint8Array(0), owner).epoch).toBe(4);
    expect(readdirSync(join(folder, 'run'))).toEqual(['search.safetensors']);
  });

  it('stays as it was when the disk is full, which is said', needs('/dev/full', existsSync('/dev/full')), async () => {
    const path = join(folder, 'full.safetensors');
    const store = fileCheckpointStore(path);
    await store.save(file);
    // The kernel answers every write to /dev/full with "no space left on device".
    symlinkSync('/dev/full', `${path}.${process.pid}.tmp`);
    await expect(store.save(file)).rejects.toMatchObject({
      code: 'disk_full',
      message: expect.stringMatching(/no space left for \d+ bytes; the checkpoint before it is untouched/),
    });
    expect(new Uint8Array(readFileSync(path))).toEqual(file);
  });
});
