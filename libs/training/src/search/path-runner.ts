import type { Tensor } from '@oneshot/engine';
import { type ForwardResult, mixOf, type NetworkDescription, type Selection } from '@oneshot/nas';
import type { SearchModel } from './search-model.js';

/** How the path of an architecture runs. */
export interface PathOptions {
  /**
   * Default `train`: norms go by the batch, for running statistics are those of whatever ran while
   * the supernet was trained, not of this path.
   */
  readonly mode?: 'train' | 'eval';
  /** A change of the network that runs, such as where it ends. Default: none. */
  readonly change?: (path: NetworkDescription) => NetworkDescription;
}

/** An architecture's path through the supernet, with inherited weights: built once, run often. */
export function pathRunner(
  model: SearchModel,
  selection: Selection,
  { mode = 'train', change = (path) => path }: PathOptions = {},
): (input: Tensor) => ForwardResult {
  const path = change(model.supernet.path(selection, false));
  return (input) => model.network.forward(input, { mode, mix: mixOf(model.pathDraw(selection)), path });
}
