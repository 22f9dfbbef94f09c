/** Classifies the picture that the visitor chooses; nothing leaves the browser. */
import { InferenceSession, Tensor } from 'onnxruntime-web';
import { describeModel, fit, rank } from './model.mjs';

const status = document.querySelector('[role=status]');
const bytes = new Uint8Array(await (await fetch('model.onnx')).arrayBuffer());
const model = describeModel(bytes);
const session = await InferenceSession.create(bytes);
const [, channels, height, width] = session.inputMetadata[0].shape;
status.textContent = `The model knows ${model.classes.join(', ')}.`;

/** Raw pixels, 0 to 255, as the model takes them: all of the first channel, then of the next. */
function pixelsOf(picture) {
  const { scaled, visible, from, to } = fit(picture, { width, height }, model);
  const canvas = new OffscreenCanvas(scaled.width, scaled.height);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  context.fillStyle = 'white';
  context.fillRect(0, 0, scaled.width, scaled.height);
  context.imageSmoothingQuality = 'high';
  context.drawImage(picture, 0, 0, scaled.width, scaled.height);
  const { data } = context.getImageData(from.left, from.top, visible.width, visible.height);
  const within = (at, length) => Math.min(Math.max(at, 0), length - 1);
  return Float32Array.from({ length: channels * height * width }, (_, i) => {
    const x = within((i % width) - to.left, visible.width);
    const y = within((Math.floor(i / width) % height) - to.top, visible.height);
    const [red, green, blue] = data.subarray(4 * (y * visible.width + x));
    return channels === 1
      ? Math.round(0.299 * red + 0.587 * green + 0.114 * blue)
      : [red, green, blue][Math.floor(i / (width * height))];
  });
}

/** The classes of a picture file, the most probable first. */
async function classify(file) {
  const picture = await createImageBitmap(file);
  const image = new Tensor('float32', pixelsOf(picture), [1, channels, height, width]);
  const { logits } = await session.run({ image });
  return rank(logits.data, model.classes);
}

function row({ name, probability }) {
  const row = document.createElement('tr');
  const heading = document.createElement('th');
  heading.scope = 'row';
  heading.textContent = name;
  const meter = document.createElement('meter');
  meter.value = probability;
  meter.ariaLabel = name;
  row.append(heading, cell(meter), cell(`${(100 * probability).toFixed(2)} %`));
  return row;
}

function cell(content) {
  const cell = document.createElement('td');
  cell.append(content);
  return cell;
}

document.querySelector('input').addEventListener('change', async ({ target }) => {
  const [file] = target.files;
  if (file === undefined) return;
  try {
    const ranked = await classify(file);
    document.querySelector('img').src = URL.createObjectURL(file);
    document.querySelector('table').replaceChildren(...ranked.slice(0, 5).map(row));
    document.querySelector('section').hidden = false;
    status.textContent = `${file.name}: ${ranked[0].name}, ${(100 * ranked[0].probability).toFixed(2)} %`;
  } catch (error) {
    document.querySelector('section').hidden = true;
    status.textContent = `${file.name} cannot be classified: ${error.message}`;
  }
});
