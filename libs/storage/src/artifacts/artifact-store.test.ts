import { execFileSync, spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mayMount, needs } from '@oneshot/test/needs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openArtifactStore } from './open-artifact-store.js';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'oneshot-artifacts-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const opened = () => openArtifactStore({ driver: 'files', directory });
const digestOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const pathOf = (digest: string) => join(directory, 'sha256', digest.slice(0, 2), digest.slice(2, 4), digest);
const leftovers = () => readdirSync(join(directory, 'incoming'));

async function bytesOf(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const chunk of chunks) parts.push(chunk);
  return Buffer.concat(parts);
}

test('bytes come back as they were stored, from any offset, and are stored once', async () => {
  const store = await opened();
  const bytes = randomBytes(1_000_003);
  const digest = digestOf(bytes);
  const chunks = [bytes.subarray(0, 7), bytes.subarray(7)];
  expect(await store.put(chunks)).toEqual({ digest, size: bytes.length, created: true });
  expect(await store.put(chunks, { digest, size: bytes.length })).toMatchObject({ created: false });
  expect(await store.stat(digest)).toEqual({ digest, size: bytes.length });
  expect((await bytesOf(store.read(digest))).equals(bytes)).toBe(true);
  expect((await bytesOf(store.read(digest, 999_999))).equals(bytes.subarray(999_999))).toBe(true);
  expect(leftovers()).toEqual([]);
});

test('deleted bytes are gone, once', async () => {
  const store = await opened();
  const { digest } = await store.put([Buffer.from('hello')]);
  expect(await store.delete(digest)).toBe(true);
  expect(await store.delete(digest)).toBe(false);
  expect(await store.stat(digest)).toBeUndefined();
});

test('no bytes at all are an artifact too', async () => {
  const store = await opened();
  const { digest } = await store.put([]);
  expect(await bytesOf(store.read(digest))).toHaveLength(0);
});

test('bytes other than those announced are refused, and nothing is stored', async () => {
  const store = await opened();
  const bytes = Buffer.from('hello');
  const right = { digest: digestOf(bytes), size: 5 };
  const refused = { name: 'StorageError', fault: 'ARTIFACT_MISMATCH' };
  await expect(store.put([bytes], { ...right, digest: '0'.repeat(64) })).rejects.toMatchObject(refused);
  await expect(store.put([bytes], { ...right, size: 4 })).rejects.toMatchObject(refused);
  await expect(store.put([bytes], { ...right, size: 6 })).rejects.toMatchObject(refused);
  expect(await store.stat(right.digest)).toBeUndefined();
  expect(leftovers()).toEqual([]);
});

test('a source that fails half-way leaves nothing', async () => {
  const store = await opened();
  const failing = async function* () {
    yield Buffer.from('half');
    throw new Error('gone');
  };
  await expect(store.put(failing())).rejects.toThrow('gone');
  expect(leftovers()).toEqual([]);
});

test('bytes that changed on disk are never handed out as whole', async () => {
  const store = await opened();
  const { digest } = await store.put([Buffer.from('hello')]);
  writeFileSync(pathOf(digest), 'jello');
  await expect(bytesOf(store.read(digest))).rejects.toMatchObject({ fault: 'ARTIFACT_CORRUPT' });
});

test('a file cut short is replaced when the bytes are stored again', async () => {
  const store = await opened();
  const { digest } = await store.put([Buffer.from('hello')]);
  writeFileSync(pathOf(digest), 'hel');
  expect(await store.put([Buffer.from('hello')])).toMatchObject({ created: true });
  expect((await bytesOf(store.read(digest))).toString()).toBe('hello');
});

test('bytes that changed on disk at the same length are told apart, and replaced when the right ones are stored again', async () => {
  const store = await opened();
  const { digest } = await store.put([Buffer.from('hello')]);
  expect(await store.verify(digest)).toEqual({ digest, size: 5 });
  writeFileSync(pathOf(digest), 'jello');
  await expect(store.verify(digest)).rejects.toMatchObject({ fault: 'ARTIFACT_CORRUPT' });
  expect(await store.put([Buffer.from('hello')])).toMatchObject({ created: true });
  expect((await bytesOf(store.read(digest))).toString()).toBe('hello');
  expect(leftovers()).toEqual([]);
});

test('an unknown digest, and one that would lead out of the folder, are not found', async () => {
  const store = await opened();
  const missing = { fault: 'ARTIFACT_NOT_FOUND' };
  await expect(bytesOf(store.read('0'.repeat(64)))).rejects.toMatchObject(missing);
  await expect(bytesOf(store.read('../../../etc/passwd'))).rejects.toMatchObject(missing);
  expect(await store.stat('../../../etc/passwd')).toBeUndefined();
});

test('what a killed writer left is removed by the next start; what a living one writes is kept', async () => {
  await opened();
  const child = spawn('sleep', ['60']);
  const living = join(directory, 'incoming', `${child.pid}-living`);
  const dead = join(directory, 'incoming', '4194305-dead');
  writeFileSync(living, 'x');
  writeFileSync(dead, 'x');
  await opened();
  expect(existsSync(living)).toBe(true);
  expect(existsSync(dead)).toBe(false);
  child.kill('SIGKILL');
});

const smallDisk = needs('the right to mount a small file system', mayMount());

test('a full disk is DISK_FULL and leaves nothing half-written', smallDisk, async () => {
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', directory]);
  try {
    const store = await opened();
    const bytes = randomBytes(2_000_000);
    await expect(store.put([bytes])).rejects.toMatchObject({ fault: 'DISK_FULL' });
    expect(leftovers()).toEqual([]);
    expect(await store.stat(digestOf(bytes))).toBeUndefined();
    expect(await store.put([randomBytes(500_000)])).toMatchObject({ created: true });
  } finally {
    execFileSync('umount', [directory]);
  }
});
