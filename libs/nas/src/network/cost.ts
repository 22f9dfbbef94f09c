import { derivedNetwork } from '../build/derived.js';
import type { Genotype } from '../genotype/genotype.js';
import type { NetworkDescription, TaskShape } from '../network.js';
import type { NetworkSize } from '../spaces/search-space.js';
import type { Space } from '../spaces/space.js';
import { blockShape } from './block-shape.js';
import { parameterCount } from './parameter-table.js';
import { networkWork } from './work.js';

/** Size and work of a network, as papers give them. */
export interface NetworkCost {
  /** Learned parameters: all weights; α and the auxiliary head not included. */
  readonly parameters: number;
  /**
   * Multiplications with additions of convolutions and matrix products, for one image: what papers
   * of mobile networks and of the DARTS space count.
   */
  readonly multiplyAdds: number;
}

/**
 * What an architecture costs when it is retrained, at the space's size or another; no weights are
 * made. Throws what `derivedNetwork` throws.
 */
export function architectureCost(space: Space, genotype: Genotype, target: TaskShape & NetworkSize): NetworkCost {
  return networkCost(derivedNetwork(space, genotype, target));
}

/** What any network costs, a supernet with all its options as well. */
export function networkCost({ auxiliary: _, ...network }: NetworkDescription): NetworkCost {
  return { parameters: parameterCount(network), multiplyAdds: networkWork(network).multiplyAdds };
}

/**
 * FLOPs as NAS-Bench-201's tables count them (Dong and Yang 2020, code): besides a convolution's
 * multiplications with additions one for every value of a ReLU, two
 * of a norm, one for every value of a window of pooling; the global pooling has windows one larger
 * than the map.
 */
export function nasBench201Flops(network: NetworkDescription): number {
  const { multiplyAdds, normed, rectified, pooled } = networkWork(network);
  const { height, width, channels } = blockShape(network, network.head.from);
  return multiplyAdds + 2 * normed + rectified + pooled + (height + 1) * (width + 1) * channels;
}
