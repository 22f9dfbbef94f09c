import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { needs } from '@oneshot/test/needs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { PublishedFile } from '../catalogue.js';
import { checkDataset } from '../check.js';
import { download } from './download.js';
import { getDataset } from './get-dataset.js';

const body = Buffer.from(Array.from({ length: 50_000 }, (_, i) => (i * 31) % 256));
const file: PublishedFile = {
  name: 'a.gz',
  bytes: body.length,
  sha256: createHash('sha256').update(body).digest('hex'),
};

let directory: string;
let server: Server;
let address: string;
/** What the server answers: the whole file, another one, only half of it, or nothing. */
let answer: 'whole' | 'other' | 'half' | 'missing';

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'oneshot-get-'));
  answer = 'whole';
  server = createServer((_request, response) => {
    if (answer === 'missing') {
      response.writeHead(404).end();
    } else if (answer === 'half') {
      response.writeHead(200, { 'content-length': body.length });
      response.write(body.subarray(0, body.length / 2), () => response.destroy());
    } else {
      response.end(answer === 'whole' ? body : Buffer.from(body).reverse());
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await rm(directory, { recursive: true });
});

describe('a download', () => {
  test('arrives whole, with its progress told', async () => {
    const seen: number[] = [];
    const onProgress = (_name: string, received: number): void => void seen.push(received);
    await download(address, file, join(directory, 'a.gz'), { onProgress });
    expect(await readFile(join(directory, 'a.gz'))).toEqual(body);
    expect(seen.at(-1)).toBe(body.length);
  });

  test('with another content is refused, and leaves an older file alone', async () => {
    answer = 'other';
    await writeFile(join(directory, 'a.gz'), 'older');
    await expect(download(address, file, join(directory, 'a.gz'), {})).rejects.toMatchObject({
      code: 'checksum_mismatch',
      message: expect.stringContaining(file.sha256),
    });
    expect(await readFile(join(directory, 'a.gz'), 'utf8')).toBe('older');
    expect(await readdir(directory)).toEqual(['a.gz']);
  });

  test('that breaks off or is not there fails and leaves nothing behind', async () => {
    for (const kind of ['half', 'missing'] as const) {
      answer = kind;
      await expect(download(address, file, join(directory, 'a.gz'), {})).rejects.toMatchObject({
        code: 'download_failed',
      });
      expect(await readdir(directory)).toEqual([]);
    }
  });

  test('can be cancelled', async () => {
    const signal = AbortSignal.abort();
    await expect(download(address, file, join(directory, 'a.gz'), { signal })).rejects.toMatchObject({
      name: 'AbortError',
    });
  });
});

describe('getting a data set', () => {
  test('refuses files of a mirror that are not the published ones', async () => {
    await expect(getDataset('fashion-mnist', directory, { mirror: address })).rejects.toMatchObject({
      code: 'checksum_mismatch',
      field: `${address}train-images-idx3-ubyte.gz`,
    });
    expect(existsSync(join(directory, 'fashion-mnist', 'train-images-idx3-ubyte.gz'))).toBe(false);
  });

  test('leaves a file of other contents alone, unless it may be overwritten', async () => {
    const path = join(directory, 'fashion-mnist', 'train-images-idx3-ubyte.gz');
    await mkdir(join(directory, 'fashion-mnist'));
    await writeFile(path, 'mine');
    const overwriting = { mirror: address, overwrite: true };
    await expect(getDataset('fashion-mnist', directory, { mirror: address })).rejects.toMatchObject({
      code: 'exists',
      field: path,
    });
    expect(await readFile(path, 'utf8')).toBe('mine');
    // It is fetched now; what this mirror has is not the published file.
    await expect(getDataset('fashion-mnist', directory, overwriting)).rejects.toMatchObject({
      code: 'checksum_mismatch',
    });
  });

  test('refuses a name that cannot be fetched, with those that can', async () => {
    await expect(getDataset('fashion-mnist-sample', directory)).rejects.toMatchObject({
      code: 'unknown_dataset',
      message: expect.stringContaining('fashion-mnist, mnist, cifar10'),
    });
  });
});

const installed = '/usr/share/datasets/fashion-mnist';

/**
 * The published file from Debian's copy: Debian strips name and time from the gzip header, and
 * these are the times that the published checksums belong to.
 */
function publishedFashionFile(name: string): Buffer {
  const stripped = readFileSync(join(installed, name));
  const header = Buffer.from([0x1f, 0x8b, 8, 8, 0, 0, 0, 0, 0, 3]);
  header.writeUInt32LE(name.startsWith('train') ? 1504176606 : 1504176627, 4);
  return Buffer.concat([header, Buffer.from(`${name.replace('.gz', '')}\0`), stripped.subarray(10)]);
}

describe('getting the published Fashion-MNIST', needs('the full Fashion-MNIST', existsSync(installed)), () => {
  test('fetches four files, goes on where it was broken off, and opens as the published data set', async () => {
    let served = 0;
    let most = 2;
    const mirror = createServer((request, response) => {
      if (served++ >= most) return response.writeHead(503).end();
      return response.end(publishedFashionFile((request.url ?? '').slice(1)));
    });
    await new Promise<void>((resolve) => mirror.listen(0, '127.0.0.1', resolve));
    const options = { mirror: `http://127.0.0.1:${(mirror.address() as AddressInfo).port}` };
    await expect(getDataset('fashion-mnist', directory, options)).rejects.toMatchObject({ code: 'download_failed' });
    most = 99;
    const result = await getDataset('fashion-mnist', directory, options);
    expect(result.kept).toEqual(['train-images-idx3-ubyte.gz', 'train-labels-idx1-ubyte.gz']);
    expect(result.fetched).toEqual(['t10k-images-idx3-ubyte.gz', 't10k-labels-idx1-ubyte.gz']);
    const check = await checkDataset('fashion-mnist', { dir: directory, environment: {} });
    expect(check).toMatchObject({ ok: true, contents: { published: true, source: result.directory } });
    mirror.closeAllConnections();
    await new Promise((resolve) => mirror.close(resolve));
  });
});
