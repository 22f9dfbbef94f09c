import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbedded } from '@oneshot/cli';
import { type Run, RunState, SearcherServiceClient } from '@oneshot/contracts';
import { connect } from '@oneshot/service-kit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { tinyDataset, writeTinyDataset } from './harness/tiny-dataset.js';

const directory = mkdtempSync(join(tmpdir(), 'oneshot-identity-'));
const spec = { space: 'toy_cell', profile: 'random', data: { name: tinyDataset } };

beforeAll(() => writeTinyDataset(directory));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

/**
 * Submits the spec to services with that many workers; waits for the run's end if there are any.
 */
async function submit(workers: number): Promise<Run> {
  const services = await startEmbedded({ dataDir: join(directory, 'state'), dataDirs: [directory], workers });
  const searcher = connect(SearcherServiceClient, services.addresses.searcher);
  try {
    const { run } = await searcher.submitSearch({ spec, retry: false });
    let last = run;
    if (workers > 0) {
      for await (const update of searcher.watchSearch({ id: run?.id ?? '', afterSequence: 0 })) last = update.run;
    }
    if (last === undefined) throw new Error('no run');
    return last;
  } finally {
    searcher.close();
    await services.shutdown();
  }
}

test('a run is of the data it was accepted with: a worker refuses others, and others make another run', async () => {
  const accepted = await submit(0);
  expect(accepted.spec?.data).toMatchObject({ name: tinyDataset, digest: expect.stringMatching(/^[0-9a-f]{64}$/) });
  const images = join(directory, tinyDataset, 'train-images-idx3-ubyte');
  const bytes = readFileSync(images);
  const changed = Buffer.from(bytes);
  changed.writeUInt8(changed.readUInt8(100) ^ 1, 100);
  writeFileSync(images, changed);

  const other = await submit(1);
  expect(other.state).toBe(RunState.RUN_STATE_SUCCEEDED);
  expect(other.id).not.toBe(accepted.id);
  expect(other.spec?.data).toMatchObject({ digest: other.result?.dataDigest });

  const services = await startEmbedded({ dataDir: join(directory, 'state'), dataDirs: [directory], workers: 1 });
  const searcher = connect(SearcherServiceClient, services.addresses.searcher);
  let last: Run | undefined;
  for await (const { run } of searcher.watchSearch({ id: accepted.id, afterSequence: 0 })) last = run;
  searcher.close();
  await services.shutdown();
  expect(last).toMatchObject({
    state: RunState.RUN_STATE_FAILED,
    attempt: 1,
    error: { reason: 'DIGEST_MISMATCH', message: expect.stringContaining(`${tinyDataset}: found a data set`) },
  });
}, 120_000);
