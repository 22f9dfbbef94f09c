import type { CellSchedule, NodeSchedule, StateShape } from '@oneshot/engine';
import { type Fault, refuse } from '../errors.js';
import type { Block, Head, NetworkDescription } from '../network.js';
import { type LayerPlan, stemChannels } from '../spaces/skeleton.js';
import type { Space } from '../spaces/space.js';
import { Bank } from './bank.js';
import { denseStage, factorizedReduce } from './branches.js';

/** What a network is built for. */
export interface NetworkTarget {
  readonly image: StateShape;
  readonly classes: number;
}

export type CellPlan = Extract<LayerPlan, { kind: 'cell' }>;

/** Where a cell's intermediate nodes are placed. */
export interface CellPlace {
  readonly plan: CellPlan;
  /** Number of the state that genotypes call 0. */
  readonly first: number;
  readonly bank: Bank;
  /** Shape of every intermediate node. */
  readonly shape: StateShape;
}

/** Fills a cell: the intermediate nodes in order. */
export type CellFiller = (place: CellPlace) => readonly NodeSchedule[];

/** How the cells of one network are filled and normalised. */
export interface FrameStyle {
  readonly affine: boolean;
  /** Length of a cell's mix vector, and whose coefficients it takes; 0 where all are the constant 1. */
  readonly mixCount: (plan: CellPlan) => number;
  readonly mixGroup: (plan: CellPlan, block: string) => string;
  readonly fill: CellFiller;
}

/**
 * Stem, preprocessing, cells, residual blocks and head of a space's network; what is inside the cells comes from `style.fill`.
 * The stem's norm and the last norm are affine in every network, as in the authors' code.
 */
export function frame(space: Space, target: NetworkTarget, style: FrameStyle): NetworkDescription {
  checkTarget(space, target);
  const stem = stemBlock(target.image, stemChannels(space.definition));
  const blocks: Block[] = [stem.block];
  let last: Placed = { index: 0, shape: stem.shape };
  let before: Placed = last;
  let cells = 0;
  for (const layer of space.layers) {
    const made =
      layer.kind === 'residual'
        ? residualBlock(`residual${blocks.length}`, last, layer.channels, style.affine)
        : cellBlock(`cell${cells++}`, space, layer, [before, last], style);
    blocks.push(made.block);
    before = last;
    last = { index: blocks.length - 1, shape: made.shape };
  }
  const nasbench201 = space.name === 'nasbench201';
  const head: Head = { from: last.index, norm: nasbench201, relu: nasbench201 };
  return { image: target.image, classes: target.classes, blocks, head };
}

interface Placed {
  readonly index: number;
  readonly shape: StateShape;
}

interface Made {
  readonly block: Block;
  readonly shape: StateShape;
}

function stemBlock(image: StateShape, channels: number): Made {
  const bank = new Bank();
  const weights = bank.weights(9 * image.channels * channels);
  const convolution = { size: 3, stride: 1, channels, weights } as const;
  const stage = { relu: false, convolution, norm: bank.norm(channels, true) };
  const nodes: NodeSchedule[] = [{ edges: [{ from: 0, branches: [{ kind: 'chain', stages: [stage], mix: null }] }] }];
  const schedule = finish([image], nodes, [1], bank, 0);
  return { block: { name: 'stem', kind: 'stem', schedule, from: [-1] }, shape: { ...image, channels } };
}

function cellBlock(
  name: string,
  space: Space,
  plan: CellPlan,
  previous: readonly [Placed, Placed],
  style: FrameStyle,
): Made {
  const bank = new Bank();
  const { topology } = space;
  const sources = topology.inputs === 2 ? previous : [previous[1]];
  const inputs = sources.map(({ shape }) => shape);
  const reference = previous[1].shape;
  const nodes: NodeSchedule[] = topology.preprocess
    ? inputs.map((shape, from) => preprocessNode(shape, from, reference, plan.channels, bank, style.affine))
    : [];
  const first = topology.preprocess ? inputs.length : 0;
  const shape = {
    height: plan.reduction ? halved(reference.height) : reference.height,
    width: plan.reduction ? halved(reference.width) : reference.width,
    channels: plan.channels,
  };
  nodes.push(...style.fill({ plan, first, bank, shape }));
  const output = topology.concat.map((state) => state + first);
  const mixCount = style.mixCount(plan);
  const schedule = finish(inputs, nodes, output, bank, mixCount);
  const from = sources.map(({ index }) => index);
  const group = mixCount > 0 ? { group: style.mixGroup(plan, name) } : {};
  return {
    block: { name, kind: plan.reduction ? 'reduce' : 'normal', schedule, from, ...group },
    shape: { ...shape, channels: plan.channels * output.length },
  };
}

/** An input brought to the cell's channels, and to the size of the newest input where it is still twice as large. */
function preprocessNode(
  shape: StateShape,
  from: number,
  reference: StateShape,
  channels: number,
  bank: Bank,
  affine: boolean,
): NodeSchedule {
  const larger = shape.height !== reference.height || shape.width !== reference.width;
  const body = larger
    ? factorizedReduce(shape.channels, channels, bank, affine)
    : ({ kind: 'chain', stages: [denseStage(1, 1, shape.channels, channels, bank, affine)] } as const);
  return { edges: [{ from, branches: [{ ...body, mix: null }] }] };
}

/** Basic residual block at stride 2 of NAS-Bench-201: two 3×3 convolutions beside 2×2 average pooling and a 1×1 convolution. */
function residualBlock(name: string, input: Placed, channels: number, affine: boolean): Made {
  const bank = new Bank();
  const stages = [
    denseStage(3, 2, input.shape.channels, channels, bank, affine),
    denseStage(3, 1, channels, channels, bank, affine),
  ];
  const weights = bank.weights(input.shape.channels * channels);
  const nodes: NodeSchedule[] = [
    { edges: [{ from: 0, branches: [{ kind: 'pool', pool: 'average', size: 2, stride: 2, padding: 0, mix: null }] }] },
    {
      edges: [
        { from: 0, branches: [{ kind: 'chain', stages, mix: null }] },
        {
          from: 1,
          branches: [
            {
              kind: 'chain',
              stages: [{ relu: false, convolution: { size: 1, stride: 1, channels, weights } }],
              mix: null,
            },
          ],
        },
      ],
    },
  ];
  const schedule = finish([input.shape], nodes, [2], bank, 0);
  const shape = { height: halved(input.shape.height), width: halved(input.shape.width), channels };
  return { block: { name, kind: 'residual', schedule, from: [input.index] }, shape };
}

function finish(
  inputs: readonly StateShape[],
  nodes: readonly NodeSchedule[],
  output: readonly number[],
  bank: Bank,
  mixCount: number,
): CellSchedule {
  const { weightCount, statisticCount } = bank;
  return { inputs, nodes, output, weightCount, statisticCount, mixCount };
}

function halved(size: number): number {
  return Math.ceil(size / 2);
}

/** Refuses images that the space's reductions cannot halve, and class counts that make no classifier. */
function checkTarget(space: Space, { image, classes }: NetworkTarget): void {
  const faults: Fault[] = [];
  const reductions = space.layers.filter((layer) => layer.kind === 'residual' || layer.reduction).length;
  const even = space.name === 'nasbench201';
  const least = even ? 2 ** reductions : 2 ** (reductions - 1) + 1;
  for (const side of ['height', 'width'] as const) {
    const size = image[side];
    const path = `image.${side}`;
    if (!Number.isInteger(size) || size < 1) faults.push({ path, message: `found ${size}; allowed integers from 1` });
    else if (reductions > 0 && size < least) {
      const message = `found ${size}; ${space.name} halves the image ${reductions} times and needs at least ${least}`;
      faults.push({ path, message });
    } else if (even && size % 2 ** reductions !== 0) {
      const message = `found ${size}; ${space.name} halves the image ${reductions} times and needs a multiple of ${2 ** reductions}`;
      faults.push({ path, message });
    }
  }
  if (!Number.isInteger(image.channels) || image.channels < 1) {
    faults.push({ path: 'image.channels', message: `found ${image.channels}; allowed integers from 1` });
  }
  if (!Number.isInteger(classes) || classes < 2) {
    faults.push({ path: 'classes', message: `found ${classes}; allowed integers from 2` });
  }
  refuse('invalid_image', faults);
}
