import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Embedded, startEmbedded } from '@oneshot/cli';
import {
  EvaluatorServiceClient,
  type Run,
  RunState,
  SearcherServiceClient,
  TrainerServiceClient,
} from '@oneshot/contracts';
import { followRun } from '@oneshot/jobs';
import { connect } from '@oneshot/service-kit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { tinyDataset, writeTinyDataset } from './harness/tiny-dataset.js';

const directory = mkdtempSync(join(tmpdir(), 'oneshot-damaged-'));
let embedded: Embedded;

beforeAll(async () => {
  writeTinyDataset(directory);
  embedded = await startEmbedded({ dataDir: join(directory, 'state'), dataDirs: [directory], workers: 1 });
}, 120_000);
afterAll(async () => {
  await embedded.shutdown();
  rmSync(directory, { recursive: true, force: true });
});

const space = { name: 'toy_cell', channels: 4 };
const data = { name: tinyDataset };

function damage(digest: string): void {
  const parts = [digest.slice(0, 2), digest.slice(2, 4), digest];
  const path = join(directory, 'state', 'artifacts', 'sha256', ...parts);
  writeFileSync(path, 'x'.repeat(statSync(path).size));
}

test('a model file that was damaged is told of at once, and made anew, bit for bit, when its training is asked for again', async () => {
  const searcher = connect(SearcherServiceClient, embedded.addresses.searcher);
  const trainer = connect(TrainerServiceClient, embedded.addresses.trainer);
  const evaluator = connect(EvaluatorServiceClient, embedded.addresses.evaluator);
  const ended = async (watch: typeof searcher.watchSearch, run: Run | undefined) => {
    let last: Run | undefined;
    for await (const update of followRun({ watch, id: run?.id ?? '' })) last = update.run;
    return last ?? expect.fail('nothing was told of the run');
  };
  try {
    const search = await searcher.submitSearch({ spec: { space, data, profile: 'random', seed: 0 }, retry: false });
    const { genotype } = (await ended(searcher.watchSearch, search.run)).result ?? {};
    const spec = {
      space,
      data,
      genotype,
      epochs: 2,
      batch: 16,
      channels: 4,
      augment: { crop: 1, flip: false, cutout: 0 },
    };
    const train = async (retry: boolean) => {
      const { run } = await trainer.submitTraining({ spec, retry });
      return ended(trainer.watchTraining, run);
    };
    const evaluate = async (modelId: unknown) => {
      const { run } = await evaluator.submitEvaluation({
        spec: { split: 'test', batch: 16, data, modelId },
        retry: true,
      });
      return ended(evaluator.watchEvaluation, run);
    };

    const first = await train(false);
    expect(first).toMatchObject({ state: RunState.RUN_STATE_SUCCEEDED, attempt: 1 });
    damage(String(first.result?.onnx));
    damage(String(first.result?.checkpoint));
    const refused = await evaluate(first.result?.modelId);
    expect(refused).toMatchObject({
      state: RunState.RUN_STATE_FAILED,
      attempt: 1,
      error: { reason: 'ARTIFACT_CORRUPT' },
    });

    const again = await train(true);
    const { seconds: _, ...result } = again.result ?? {};
    expect(first.result).toMatchObject(result);
    expect(await evaluate(first.result?.modelId)).toMatchObject({ state: RunState.RUN_STATE_SUCCEEDED });
    // Whole now: nothing is done again.
    expect((await train(true)).attempt).toBe(again.attempt);
  } finally {
    for (const client of [searcher, trainer, evaluator]) client.close();
  }
}, 300_000);
