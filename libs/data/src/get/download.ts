import { createHash, randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import type { PublishedFile } from '../catalogue.js';
import { DataError } from '../error.js';

export interface DownloadOptions {
  /** Called as bytes arrive. */
  readonly onProgress?: (file: string, received: number, total: number) => void;
  readonly signal?: AbortSignal;
}

/**
 * Fetches one published file to `path`. It is written beside its place, checked against its size
 * and sha256, and only then renamed: the file is there whole and right, or not at all.
 */
export async function download(
  address: string,
  file: PublishedFile,
  path: string,
  options: DownloadOptions,
): Promise<void> {
  const url = `${address}${file.name}`;
  const partial = `${path}.${randomUUID()}.part`;
  try {
    await fetchTo(url, file, partial, options);
    await flush(partial);
    await rename(partial, path);
  } finally {
    await rm(partial, { force: true });
  }
}

async function fetchTo(url: string, file: PublishedFile, path: string, options: DownloadOptions): Promise<void> {
  const body = await request(url, options.signal);
  const hash = createHash('sha256');
  let received = 0;
  const watch = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      received += chunk.length;
      options.onProgress?.(file.name, received, file.bytes);
      done(received > file.bytes ? wrongSize(url, `more than ${file.bytes} bytes`, file) : null, chunk);
    },
  });
  try {
    await pipeline(Readable.fromWeb(body), watch, createWriteStream(path, { flags: 'wx' }));
  } catch (cause) {
    options.signal?.throwIfAborted();
    throw cause instanceof DataError || isLocal(cause)
      ? cause
      : failed(url, `${reason(cause)} after ${received} bytes`);
  }
  if (received !== file.bytes) throw wrongSize(url, `${received} bytes`, file);
  const found = hash.digest('hex');
  if (found !== file.sha256) {
    throw new DataError({
      code: 'checksum_mismatch',
      field: url,
      found: `sha256 ${found}`,
      allowed: `sha256 ${file.sha256}`,
    });
  }
}

async function request(url: string, signal: AbortSignal | undefined): Promise<ReadableStream<Uint8Array>> {
  let response: Response;
  try {
    response = await fetch(url, signal ? { signal } : {});
  } catch (cause) {
    signal?.throwIfAborted();
    throw failed(url, reason(cause));
  }
  if (!response.ok || !response.body) throw failed(url, `answer ${response.status} ${response.statusText}`.trim());
  return response.body as ReadableStream<Uint8Array>;
}

async function flush(path: string): Promise<void> {
  const handle = await open(path, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Errors of this machine's disk carry a path; those of the network do not. */
function isLocal(cause: unknown): boolean {
  return cause instanceof Error && 'code' in cause && 'syscall' in cause && cause.syscall !== 'read';
}

function reason(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  return cause.cause instanceof Error ? `${cause.message} (${cause.cause.message})` : cause.message;
}

function failed(url: string, found: string): DataError {
  return new DataError({
    code: 'download_failed',
    field: url,
    found,
    allowed: 'a reachable address; or put the files into a data directory by hand',
  });
}

function wrongSize(url: string, found: string, file: PublishedFile): DataError {
  return new DataError({ code: 'checksum_mismatch', field: url, found, allowed: `${file.bytes} bytes` });
}
