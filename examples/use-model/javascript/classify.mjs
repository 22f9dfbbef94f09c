/** `node classify.mjs MODEL.onnx PICTURE…` prints the most probable classes of each picture. */
import { readFile } from 'node:fs/promises';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import sharp from 'sharp';
import { describeModel, fit, rank } from './model.mjs';

const [file, ...pictures] = process.argv.slice(2);
const bytes = await readFile(file);
const model = describeModel(bytes);
const session = await InferenceSession.create(bytes);
const [, channels, height, width] = session.inputMetadata[0].shape;

/** Raw pixels, 0 to 255, as the model takes them: all of the first channel, then of the next. */
async function pixelsOf(picture) {
  const { autoOrient } = await sharp(picture).metadata();
  const { scaled, visible, from, to } = fit(autoOrient, { width, height }, model);
  const pixels = await sharp(picture)
    .autoOrient()
    .flatten({ background: 'white' })
    .resize(scaled.width, scaled.height, { fit: 'fill' })
    .extract({ ...visible, ...from })
    .extend({
      ...to,
      right: width - visible.width - to.left,
      bottom: height - visible.height - to.top,
      extendWith: 'copy',
    })
    .toColourspace(channels === 1 ? 'b-w' : 'srgb')
    .raw({ depth: 'uchar' })
    .toBuffer();
  const area = height * width;
  return Float32Array.from({ length: channels * area }, (_, i) => pixels[(i % area) * channels + Math.floor(i / area)]);
}

for (const picture of pictures) {
  const image = new Tensor('float32', await pixelsOf(picture), [1, channels, height, width]);
  const { logits } = await session.run({ image });
  const best = rank(logits.data, model.classes).slice(0, 3);
  const words = best.map(({ name, probability }) => `${name} ${(100 * probability).toFixed(2)} %`);
  console.log(`${picture}: ${words.join(', ')}`);
}
