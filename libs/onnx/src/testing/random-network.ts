import { ones, randomStream, read, tensor, tidy } from '@oneshot/engine';
import { type Mix, Network, type NetworkDescription } from '@oneshot/nas';
import type { Normalisation } from '../metadata.js';

/**
 * A network with random weights, scales and shifts, and the running statistics that training on
 * random images would leave: without these, sums of skip connections grow from cell to cell until
 * float32 itself is coarser than any tolerance.
 */
export function randomNetwork(description: NetworkDescription, seed: number): Network {
  const network = new Network(description, { seed });
  const state = network.state();
  for (const [name, values] of Object.entries(state)) {
    const from = name.endsWith('.scale') ? 0.5 : name.endsWith('.shift') ? -0.5 : null;
    if (from === null) continue;
    for (const [i, u] of randomStream(seed, 'test', name).uniform(values.length).entries()) values[i] = from + u;
  }
  network.restore(state);
  const { height, width, channels } = description.input;
  const count = 4;
  const noise = randomStream(seed, 'test', 'images').normal(count * height * width * channels);
  tidy(() => {
    const { statistics } = network.forward(tensor(noise, [count, height, width, channels]), {
      mode: 'train',
      mix: mixOfOnes(description),
    });
    // Each call moves the running statistics a tenth of the way.
    for (let i = 0; i < 50; i++) network.updateRunning(statistics, count);
  });
  return network;
}

/** Coefficients 1 for every block that has any: nothing is dropped. */
function mixOfOnes({ blocks }: NetworkDescription): Mix {
  return new Map(
    blocks.flatMap((block) => {
      const group = block.kind === 'cell' ? block.groups[0] : undefined;
      return block.kind === 'cell' && group !== undefined ? [[group, ones([block.schedule.mixCount])] as const] : [];
    }),
  );
}

/** Random raw pixels `[count, height, width, channels]`. */
export function randomPixels(count: number, { input }: NetworkDescription, seed: number): Uint8Array {
  const uniform = randomStream(seed, 'test', 'pixels').uniform(count * input.height * input.width * input.channels);
  return Uint8Array.from(uniform, (u) => Math.floor(256 * u));
}

/** The network's own logits for raw pixels, in evaluation mode. */
export function networkLogits(network: Network, pixels: Uint8Array, { mean, std }: Normalisation): Float32Array {
  const { height, width, channels } = network.description.input;
  const values = Float32Array.from(pixels, (p, i) => (p / 255 - (mean[i % channels] ?? 0)) / (std[i % channels] ?? 1));
  return tidy(() => {
    const images = tensor(values, [pixels.length / (height * width * channels), height, width, channels]);
    return Float32Array.from(read(network.forward(images, { mode: 'eval' }).logits));
  });
}
