import type { DatasetPart } from './dataset.js';

/**
 * Mean and (biased) standard deviation per channel, pixel values scaled to 0–1. Exact: computed
 * from a histogram of the 256 values. A channel that never changes has std 1, so that dividing by
 * it is safe.
 */
export function channelStatistics(part: DatasetPart): { mean: number[]; std: number[] } {
  const { channels } = part.image;
  const histogram = new Float64Array(256 * channels);
  const { images } = part;
  for (let i = 0; i < images.length; i += channels) {
    for (let c = 0; c < channels; c++) {
      const bin = 256 * c + (images[i + c] ?? 0);
      histogram[bin] = (histogram[bin] ?? 0) + 1;
    }
  }
  const count = images.length / channels;
  const mean: number[] = [];
  const std: number[] = [];
  for (let c = 0; c < channels; c++) {
    const bins = histogram.subarray(256 * c, 256 * (c + 1));
    const average = bins.reduce((sum, n, value) => sum + n * value, 0) / count;
    const variance = bins.reduce((sum, n, value) => sum + n * (value - average) ** 2, 0) / count;
    mean.push(average / 255);
    std.push(variance > 0 ? Math.sqrt(variance) / 255 : 1);
  }
  return { mean, std };
}
