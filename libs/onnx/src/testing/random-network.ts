import { randomStream, read, tensor, tidy } from '@oneshot/engine';
import { Network, type NetworkDescription } from '@oneshot/nas';
import type { Normalisation } from '../metadata.js';

/** A network whose weights, scales, shifts and running statistics are all random, so that nothing left out goes unseen. */
export function randomNetwork(description: NetworkDescription, seed: number): Network {
  const network = new Network(description, { seed });
  const state = network.state();
  for (const [name, values] of Object.entries(state)) {
    const uniform = randomStream(seed, 'test', name).uniform(values.length);
    const kind = name.split('.').at(-1);
    const range =
      kind === 'scale' || kind === 'variance' ? [0.5, 1.5] : kind === 'shift' || kind === 'mean' ? [-0.5, 0.5] : null;
    if (range) for (const [i, u] of uniform.entries()) values[i] = (range[0] ?? 0) + u;
  }
  network.restore(state);
  return network;
}

/** Random raw pixels `[count, height, width, channels]`. */
export function randomPixels(count: number, { image }: NetworkDescription, seed: number): Uint8Array {
  const uniform = randomStream(seed, 'test', 'pixels').uniform(count * image.height * image.width * image.channels);
  return Uint8Array.from(uniform, (u) => Math.floor(256 * u));
}

/** The network's own logits for raw pixels, in evaluation mode. */
export function networkLogits(network: Network, pixels: Uint8Array, { mean, std }: Normalisation): Float32Array {
  const { height, width, channels } = network.description.image;
  const values = Float32Array.from(pixels, (p, i) => (p / 255 - (mean[i % channels] ?? 0)) / (std[i % channels] ?? 1));
  return tidy(() => {
    const images = tensor(values, [pixels.length / (height * width * channels), height, width, channels]);
    return Float32Array.from(read(network.forward(images, { mode: 'eval' }).logits));
  });
}
