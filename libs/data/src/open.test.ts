import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { needs } from '@oneshot/test/needs';
import { describe, expect, test } from 'vitest';
import { checkDataset } from './check.js';
import { DataError } from './error.js';
import { listDatasets } from './list.js';
import { openDataset } from './open.js';

describe('the sample of Fashion-MNIST that travels with oneshot', () => {
  test('has 1,000 training and 200 test images per class, and the mean of its pixels', async () => {
    const check = await checkDataset('fashion-mnist-sample', { environment: {} });
    if (!check.ok) throw new Error(JSON.stringify(check.faults));
    expect(check.contents.classes).toHaveLength(10);
    for (const row of check.contents.classes) expect(row).toMatchObject({ train: 1000, test: 200 });
    expect(check.contents.image).toEqual({ height: 28, width: 28, channels: 1 });
    // The full training set has mean 0.2860 and standard deviation 0.3530.
    expect(check.contents.mean[0]).toBeCloseTo(0.286, 2);
    expect(check.contents.std[0]).toBeCloseTo(0.353, 2);
    expect(check.contents.published).toBe(true);
    expect(check.contents.licence).toBe('MIT');
  });
});

const installed = existsSync('/usr/share/datasets/fashion-mnist');

describe('the full Fashion-MNIST', needs('the full Fashion-MNIST', installed), () => {
  test('is found by name and is the published one', async () => {
    const check = await checkDataset('fashion-mnist', { environment: {} });
    if (!check.ok) throw new Error(JSON.stringify(check.faults));
    expect(check.contents).toMatchObject({ name: 'fashion-mnist', train: 60000, test: 10000, published: true });
  });
});

describe('a name', () => {
  test('that is unknown is refused with the known ones', async () => {
    await expect(openDataset('fasion-mnist', { environment: {} })).rejects.toMatchObject({
      code: 'unknown_dataset',
      message: expect.stringContaining('fashion-mnist-sample, mnist, cifar10'),
    });
  });

  test('that is known but not here says how to get it', async () => {
    await expect(openDataset('cifar10', { environment: {} })).rejects.toMatchObject({
      code: 'not_found',
      message: expect.stringContaining('oneshot data get cifar10'),
    });
  });

  test(
    'of Fashion-MNIST is never answered with its sample, but with how to get the one and that the other is here',
    needs('a machine without the full Fashion-MNIST', !installed),
    async () => {
      await expect(openDataset('fashion-mnist', { environment: {} })).rejects.toMatchObject({
        code: 'not_found',
        message: expect.stringMatching(/oneshot data get fashion-mnist.*fashion-mnist-sample, a part of it, is here/),
      });
    },
  );

  test('that no directory can have is refused in words', async () => {
    const names = ['', 'a\0b', 'x'.repeat(5000), 'y'.repeat(300), '/proc/self/fd', '/etc', '../../..'];
    for (const name of names) {
      await expect(openDataset(name, { environment: {} })).rejects.toBeInstanceOf(DataError);
    }
  });

  test('from another machine leads to nothing outside the data directories, and no answer tells where they are', async () => {
    const parent = await mkdtemp(join(tmpdir(), 'oneshot-open-'));
    const { source } = await openDataset('fashion-mnist-sample', { environment: {} });
    const secret = join(parent, 'secret');
    const shared = join(parent, 'shared');
    await cp(source, secret, { recursive: true });
    await cp(source, join(shared, 'grey/clothes'), { recursive: true });
    const options = { dir: shared, environment: {}, paths: false } as const;
    expect((await openDataset('grey/clothes', options)).train.count).toBe(10_000);
    const outside = [secret, '../secret', './grey/clothes', 'grey/../../secret', 'grey//clothes', '\\\\host\\share'];
    for (const name of [...outside, 'secret', 'grey', 'cifar10']) {
      const refused: unknown = await openDataset(name, options).catch((error: unknown) => error);
      if (!(refused instanceof DataError)) throw new Error(`${name} is accepted`);
      expect(refused.message.replace(name, '')).not.toContain(parent);
    }
    await rm(parent, { recursive: true });
  });

  test('of a data directory that does not exist is refused', async () => {
    await expect(openDataset('cifar10', { dir: '/no/such/place' })).rejects.toMatchObject({
      code: 'not_found',
      field: '/no/such/place',
    });
  });

  test("is found in the user's own data directory, where fetched data go", async () => {
    const home = await mkdtemp(join(tmpdir(), 'oneshot-open-'));
    const environment = { HOME: home };
    const { source } = await openDataset('fashion-mnist-sample', { environment: {} });
    const own = join(home, '.local/share/oneshot/data/mnist');
    await cp(source, own, { recursive: true });
    expect((await openDataset('mnist', { environment })).source).toBe(own);
    await rm(home, { recursive: true });
  });

  test('found in a named directory that holds no data set is refused, never replaced by the sample', async () => {
    const parent = await mkdtemp(join(tmpdir(), 'oneshot-open-'));
    await mkdir(join(parent, 'fashion-mnist'));
    await expect(openDataset('fashion-mnist', { environment: { ONESHOT_DATA: parent } })).rejects.toMatchObject({
      code: 'wrong_format',
      field: join(parent, 'fashion-mnist'),
    });
    await rm(parent, { recursive: true });
  });
});

test('the list says what is here, what is not, and what can be fetched', () => {
  const list = listDatasets({ environment: {} });
  expect(list.find(({ name }) => name === 'fashion-mnist-sample')).toMatchObject({
    directory: expect.stringMatching(/examples\/data\/fashion-mnist-sample$/),
  });
  expect(list.find(({ name }) => name === 'cifar10')).toMatchObject({ fetchable: true });
});
