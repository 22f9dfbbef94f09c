import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeImageFolder } from '../testing/image-folder.js';
import { runOneshot } from '../testing/run-oneshot.js';

const folder = mkdtempSync(join(tmpdir(), 'oneshot-images-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** The last document that a command wrote. */
async function told(...args: string[]): Promise<Record<string, unknown>> {
  const { code, stdout, stderr } = await runOneshot([...args, '--json', '--state', 'state'], { cwd: folder });
  expect(code, stderr).toBe(0);
  return JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '');
}

let searched: Record<string, unknown>;

beforeAll(async () => {
  const shades = { dark: '#202020', light: '#d0d0d0' };
  await writeImageFolder(join(folder, 'mixed'), shades, {
    sizes: [
      [18, 26],
      [20, 16],
      [16, 36],
    ],
    grey: true,
  });
  await writeImageFolder(
    join(folder, 'photographs'),
    { dark: '#302010', light: '#d0e0d0' },
    {
      sizes: [
        [40, 60],
        [25, 25],
      ],
    },
  );
  const quick = ['--epochs', '1', '--retrain-epochs', '1', '--batch', '4', '--resize', 'pad'];
  searched = await told('search', '--data', 'mixed', ...quick, '--out', 'model.onnx');
}, 300_000);

test('a folder of mixed sizes is scored as it was trained on: the same pixels, the same accuracy', async () => {
  const { evaluation } = await told('evaluate', 'model.onnx', '--data', 'mixed');
  const training = searched.training as { result: { dataDigest: string; testAccuracy: number } };
  expect(evaluation).toMatchObject({
    spec: {
      data: { imageSize: [18, 26], resize: 'pad', enlarge: false, channels: 1, digest: training.result.dataDigest },
    },
    result: { accuracy: training.result.testAccuracy, imageShape: { height: 18, width: 26, channels: 1 } },
  });
}, 180_000);

test('photographs of other sizes are brought to what the model takes, by the rule of its training, and this is said', async () => {
  const { code, stdout } = await runOneshot(['evaluate', 'model.onnx', '--data', 'photographs', '--state', 'state'], {
    cwd: folder,
  });
  expect(code).toBe(0);
  expect(stdout.replaceAll('\n', ' ')).toContain(
    'Images of 25×25, 40×60 were brought to 18×26 in grey, which the model takes: scaled in their proportions, their edges extended.',
  );
}, 180_000);
