import { cp, mkdtemp, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type OpenOptions, openDataset } from '../open.js';
import { openExpected } from '../open-expected.js';
import { identifyDataset } from './identify-dataset.js';
import { identifySpecData } from './spec-data.js';

let parent = '';
let options: OpenOptions;

beforeAll(async () => {
  parent = await mkdtemp(join(tmpdir(), 'oneshot-identity-'));
  options = { dir: parent, environment: {}, paths: false };
  const { source } = await openDataset('fashion-mnist-sample', { environment: {} });
  await cp(source, join(parent, 'clothes'), { recursive: true });
});

afterAll(() => rm(parent, { recursive: true }));

test('a data set has the digest of what it holds; another one follows from a change of its files', async () => {
  const { digest } = await openDataset('clothes', options);
  const both = await Promise.all([identifyDataset('clothes', options), identifyDataset('clothes', options)]);
  expect(both.map((survey) => survey.digest)).toEqual([digest, digest]);
  const labels = join(parent, 'clothes', 'train-labels-idx1-ubyte.gz');
  const before = await readFile(labels);
  const { source } = await openDataset('clothes', options);
  await cp(join(source, 't10k-labels-idx1-ubyte.gz'), labels);
  await expect(identifyDataset('clothes', options)).rejects.toMatchObject({ code: 'count_mismatch' });
  await writeFile(labels, before);
  // Times as they come back from an archive: those of the change tell all the same.
  await utimes(labels, 1, 1);
  expect((await identifyDataset('clothes', options)).digest).toBe(digest);
});

test('reading does not hold up the thread that asks', async () => {
  let longest = 0;
  let last = performance.now();
  const clock = setInterval(() => {
    longest = Math.max(longest, performance.now() - last);
    last = performance.now();
  }, 5);
  await utimes(join(parent, 'clothes', 'train-labels-idx1-ubyte.gz'), 2, 2);
  const begun = performance.now();
  await identifyDataset('clothes', options);
  const whole = performance.now() - begun;
  clearInterval(clock);
  expect(longest).toBeLessThan(Math.max(60, whole / 2));
});

test('a spec with another digest is refused, where it is accepted and where it is worked on', async () => {
  const other = { name: 'clothes', digest: '0'.repeat(64) };
  const identified = await identifySpecData(other, options);
  expect(identified).toMatchObject({ ok: false, fault: { path: 'data.digest', found: other.digest } });
  await expect(openExpected(other, options)).rejects.toMatchObject({ code: 'digest_mismatch', field: 'clothes' });
  const { digest } = await openExpected({ name: 'clothes' }, options);
  expect(await identifySpecData({ name: 'clothes', digest }, options)).toMatchObject({
    ok: true,
    data: { name: 'clothes', digest },
  });
});

test('faults of a data set are told under its name', async () => {
  await cp(join(parent, 'clothes'), join(parent, 'torn'), { recursive: true });
  const images = join(parent, 'torn', 'train-images-idx3-ubyte.gz');
  await writeFile(images, (await readFile(images)).subarray(0, 1000));
  const identified = await identifySpecData({ name: 'torn' }, options);
  if (identified.ok) throw new Error('accepted');
  expect(identified.fault.message).toContain('torn/train-images-idx3-ubyte.gz');
  expect(identified.fault.message).not.toContain(parent);
});
