import { tinyDataset } from './tiny-dataset.js';

/** A campaign of four members that goes the whole way in seconds. */
export function tinyCampaign(changes: Readonly<Record<string, unknown>> = {}): Readonly<Record<string, unknown>> {
  return {
    name: 'tiny',
    methods: ['darts', 'gdas', 'drnas', 'random'],
    benchmarks: [
      {
        name: 'patterns',
        space: { name: 'toy_cell', channels: 4 },
        data: tinyDataset,
        search: { epochs: 3, batch: 16 },
        network: { channels: 4 },
      },
    ],
    seeds: [0],
    retrain: [{ epochs: 3, batch: 16, augment: { crop: 1, flip: false, cutout: 0 } }],
    ...changes,
  };
}
