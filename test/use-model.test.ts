import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Dataset, openDataset } from '@oneshot/data';
import { randomStream, selectBackend } from '@oneshot/engine';
import { createSpace, derivedNetwork, Network, randomGenotype } from '@oneshot/nas';
import { exportOnnx, loadClassifier } from '@oneshot/onnx';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { repository } from './harness/processes.js';

const examples = join(repository, 'examples/use-model');

test('docs/using-models.md and docs/tutorial.md show the examples as they are', () => {
  const text = ['using-models', 'tutorial']
    .map((page) => readFileSync(join(repository, `docs/${page}.md`), 'utf8'))
    .join();
  const shown = [...text.matchAll(/<!-- (examples\/use-model\/\S+) -->\n```\w+\n([\s\S]*?)```\n/g)];
  expect(shown).toHaveLength(5);
  for (const [, file = '', code] of shown) expect(code, file).toBe(readFileSync(join(repository, file), 'utf8'));
});

const rules = [{ resize: 'crop' }, { resize: 'pad', enlarge: false }, { resize: 'stretch' }] as const;

test('the Node example says of pictures on disk what onnxruntime says of the pixels that oneshot reads from them', {
  timeout: 180_000,
}, async () => {
  await selectBackend({ backend: 'reference' });
  const folder = mkdtempSync(join(tmpdir(), 'oneshot-use-model-'));
  try {
    const pictures = join(folder, 'pictures');
    mkdirSync(pictures);
    await drawPictures(pictures);
    for (const rule of rules) {
      const dataset = await openDataset(pictures, { imageSize: [16, 20], ...rule });
      const model = join(folder, `${rule.resize}.onnx`);
      const bytes = randomModel(dataset);
      writeFileSync(model, bytes);
      const classifier = await loadClassifier(bytes, dataset.image);
      const logits = await classifier.run(dataset.test.images, dataset.test.count);
      await classifier.release();
      const files = readdirSync(join(pictures, 'test'), { recursive: true, encoding: 'utf8' })
        .filter((name) => /\.(png|jpg)$/.test(name))
        .sort()
        .map((name) => join(pictures, 'test', name));
      const program = join(examples, 'javascript/classify.mjs');
      const said = execFileSync(process.execPath, [program, model, ...files], { encoding: 'utf8' });
      const { classes } = dataset;
      const expected = files.map((file, i) => line(file, classes, logits.subarray(i * classes.length)));
      expect(said.trim().split('\n'), rule.resize).toEqual(expected);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});

/**
 * Pictures of several sizes; of each class in the test part one is turned by EXIF and one is half
 * transparent and small.
 */
async function drawPictures(folder: string): Promise<void> {
  const draw = (part: string, size: string) =>
    execFileSync(process.execPath, [join(examples, 'draw-shapes.mjs'), join(folder, part), '1', size]);
  draw('train', '20x16');
  draw('test', '40x31');
  for (const name of readdirSync(join(folder, 'test'))) {
    const at = (file: string) => join(folder, 'test', name, file);
    const drawn = at(`${name}-000.png`);
    await sharp(drawn).withMetadata({ orientation: 6 }).jpeg().toFile(at('turned.jpg'));
    await sharp(drawn).resize(9, 13).ensureAlpha(0.5).png().toFile(at('clear.png'));
  }
}

function randomModel({ image, classes, mean, std, folder }: Dataset): Uint8Array {
  const space = createSpace({ name: 'toy_cell', channels: 4 });
  const genotype = randomGenotype(space, randomStream(1));
  const description = derivedNetwork(space, genotype, { input: image, outputs: classes.length });
  const state = new Network(description, { seed: 1 }).state();
  const metadata = { classes, ...(folder === undefined ? {} : { images: folder.rule }) };
  return exportOnnx({ description, state, normalisation: { mean, std }, metadata });
}

/** What the example prints for a picture with these logits. */
function line(file: string, classes: readonly string[], logits: Float32Array): string {
  const powers = classes.map((_, i) => Math.exp(logits[i] ?? Number.NaN));
  const sum = powers.reduce((a, b) => a + b, 0);
  const ranked = classes.map((name, i) => ({ name, share: (powers[i] ?? 0) / sum })).sort((a, b) => b.share - a.share);
  const best = ranked.slice(0, 3).map(({ name, share }) => `${name} ${(100 * share).toFixed(2)} %`);
  return `${file}: ${best.join(', ')}`;
}
