import type { SpaceDefinition } from './definition.js';
import type { GroupName } from './space.js';

/** One layer between stem and head. A cell of `reduction` halves height and width; so does a residual block. */
export type LayerPlan =
  | { readonly kind: 'cell'; readonly group: GroupName; readonly channels: number; readonly reduction: boolean }
  | { readonly kind: 'residual'; readonly channels: number };

/** Size of the network around the cells, where retraining differs from search. Defaults are the space's own. */
export interface SkeletonSize {
  /** Cells (of NAS-Bench-201: cells per stage). The toy cell space always has three. */
  readonly cells?: number;
  /** Channels of the first cell. */
  readonly channels?: number;
}

/** The definition at another size. */
export function resize(definition: SpaceDefinition, size: SkeletonSize): SpaceDefinition {
  const channels = size.channels ?? definition.channels;
  if (definition.name === 'toy_cell') return { ...definition, channels };
  return { ...definition, channels, cells: size.cells ?? definition.cells };
}

/** Layers in order. Reduction cells of DARTS lie at one and two thirds of the depth; a single cell is a normal one. */
export function layersOf(definition: SpaceDefinition): readonly LayerPlan[] {
  switch (definition.name) {
    case 'toy_cell':
      return stack(definition.channels, [true, false, true]);
    case 'darts': {
      const { cells } = definition;
      const reductions = cells > 1 ? [Math.floor(cells / 3), Math.floor((2 * cells) / 3)] : [];
      return stack(
        definition.channels,
        Array.from({ length: cells }, (_, index) => reductions.includes(index)),
      );
    }
    case 'nasbench201': {
      const layers: LayerPlan[] = [];
      for (let stage = 0; stage < definition.stages; stage++) {
        const channels = definition.channels * 2 ** stage;
        if (stage > 0) layers.push({ kind: 'residual', channels });
        for (let cell = 0; cell < definition.cells; cell++) {
          layers.push({ kind: 'cell', group: 'cell', channels, reduction: false });
        }
      }
      return layers;
    }
  }
}

function stack(first: number, reductions: readonly boolean[]): readonly LayerPlan[] {
  let channels = first;
  return reductions.map((reduction) => {
    if (reduction) channels *= 2;
    return { kind: 'cell', group: reduction ? 'reduce' : 'normal', channels, reduction };
  });
}

/** Channels of the stem. */
export function stemChannels(definition: SpaceDefinition): number {
  return definition.name === 'darts' ? definition.channels * definition.stemMultiplier : definition.channels;
}
