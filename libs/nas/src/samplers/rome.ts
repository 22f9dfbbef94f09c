import { add, mul, type Tensor, tensor } from '@oneshot/engine';
import { z } from 'zod';
import type { Fault } from '../errors.js';
import type { OptionsOf } from '../parts/parts.js';
import type { Profile } from '../parts/profile.js';
import type { ChoiceGroup } from '../spaces/choice.js';
import type { Space } from '../spaces/space.js';
import { drawEdges, edgeParameters, learnedTopology } from './edge-draw.js';
import { hardDraw } from './hard-draw.js';
import { nodesOf } from './node-edges.js';
import { defineSampler } from './registry.js';
import { mapRows, softmaxRow } from './rows.js';
import { alphaOf, type DrawContext, type Sampler } from './sampler.js';
import { straightThrough } from './straight-through.js';
import { linearTemperature } from './temperature.js';

const options = {
  /**
   * How two edges are drawn for each node. `v1`: a pair of them, each pair having a β of its own
   * (Gumbel-Max, eqs. 4 to 6). `v2`: the two largest of β with Gumbel noise (Gumbel-Top2, eqs. 7
   * and 8). Default `v2`, the authors' own.
   */
  version: z.enum(['v1', 'v2']).default('v2'),
  /**
   * Temperature of edges and operations, linear over the epochs. Default 10 to 0.1, as in GDAS; the
   * paper says only that it falls.
   */
  temperature: z
    .strictObject({ from: z.number().positive(), to: z.number().positive() })
    .default({ from: 10, to: 0.1 }),
};

export type RomeOptions = OptionsOf<typeof options>;

defineSampler({
  name: 'rome',
  summary:
    'two edges a node drawn by β, and on each of them one operation other than `none` drawn by α; nothing else runs',
  source: 'Wang et al. 2023, sections 3.3 and 3.4',
  options,
  exclusions: romeFaults,
  create: romeSampler,
});

/**
 * ROME (Wang et al. 2023): topology and operations are drawn apart. B says which two edges of a
 * node are drawn (eqs. 4 to 8), A which operation of an edge (eq. 3), both hard, with the gradient
 * of the softmax behind them; an operation runs with weight A·B, and what has weight 0 does not
 * run.
 *
 * Where a space has no cells but choices that keep several options (the parents of
 * NAS-Bench-1Shot1), topology has choices of its own already: these are drawn by Gumbel-Top-k.
 */
export function romeSampler({ version, temperature: span }: RomeOptions): Sampler {
  const temperature = linearTemperature(span);
  return {
    differentiable: true,
    singlePath: true,
    temperature,
    parameters: (groups) => (hasEdges(groups) ? edgeParameters(groups, version) : []),
    topology: (groups, beta) => learnedTopology(groups, beta, version),
    draw(groups, parameters, context) {
      const tau = temperature(context.epoch, context.epochs);
      const operations = groups.map((group) => drawOperations(group, alphaOf(parameters, group), tau, context));
      const chosen = new Map(operations.flatMap((drawn) => [...drawn.chosen]));
      const weightsOf = (scaled: (group: ChoiceGroup, weights: Tensor) => Tensor) =>
        new Map(operations.map(({ group, weights }) => [group.name, scaled(group, weights)] as const));
      if (!hasEdges(groups)) return { weights: weightsOf((_, weights) => weights), active: chosen, bare: false };
      const edges = drawEdges(groups, parameters, { version, tau, stream: context.stream });
      for (const [id] of chosen) if (!edges.drawn.has(id)) chosen.set(id, []);
      return { weights: weightsOf((group, weights) => mul(weights, edges.column(group))), active: chosen, bare: false };
    },
    expectation: (group, alpha) => mapRows(withoutNone(group, alpha), group.options.length, softmaxRow),
  };
}

function hasEdges(groups: readonly ChoiceGroup[]): boolean {
  return groups.some(({ choices }) => choices.some(({ site }) => site !== undefined));
}

function drawOperations(group: ChoiceGroup, alpha: Tensor, tau: number, { stream }: DrawContext) {
  const mask = tensor(withoutNone(group, new Float32Array(alpha.size)), alpha.shape);
  const drawn = hardDraw(group, add(alpha, mask), tau, (attempt) => stream(group.name, attempt));
  return { group, chosen: drawn.chosen, weights: straightThrough(drawn.hard, drawn.probabilities) };
}

/** So little that its exponential is 0; finite, so that no difference of two becomes NaN. */
const NEVER = -1e30;

/** A node of two edges has two inputs (eq. 1), hence no edge is drawn without an operation. */
function withoutNone({ choices, options: columns }: ChoiceGroup, alpha: Float32Array): Float32Array {
  const masked = alpha.slice();
  for (const { row, options: own, site } of choices) {
    own.forEach((option, column) => {
      if (option === 'none' && site !== undefined) masked[row * columns.length + column] = NEVER;
    });
  }
  return masked;
}

function romeFaults(
  { version }: RomeOptions,
  { edgeNormalisation, mutations }: Profile,
  space: Space | null,
): readonly Fault[] {
  const faults: Fault[] = [];
  if (edgeNormalisation) {
    const message =
      'rome draws edges by β; weighing them by another β is for samplers that run every edge; allowed: false';
    faults.push({ path: 'edgeNormalisation', message });
  }
  const partial = mutations.findIndex(({ name }) => name === 'partial_connection');
  if (partial >= 0) {
    const message =
      'channels that bypass the operations of every edge would pass those edges, too, that rome does not draw';
    faults.push({ path: `mutations[${partial}].name`, message });
  }
  if (version === 'v1' && space !== null && space.topology === undefined) {
    const message = `v1 has a β for each pair of edges of a cell, and ${space.name} has none; allowed: v2`;
    faults.push({ path: 'sampler.version', message });
  }
  const place = space === null ? null : misplaced(space);
  return place === null ? faults : [...faults, { path: 'sampler.name', message: place }];
}

/**
 * Why there is nothing in a space that rome could draw apart from operations; null where there is.
 */
function misplaced({ name, topology, choices, groups }: Space): string | null {
  const others = 'of the single paths gumbel goes with it';
  if (topology?.kept === 'all') return `rome draws two edges for each node, and ${name} keeps every edge; ${others}`;
  if (topology === undefined) {
    if (choices.some(({ keeps = 1 }) => keeps > 1)) return null;
    return `rome draws which edges lead to a node, and ${name} has no such choice; ${others}`;
  }
  const empty = choices.find(({ options: own }) => own.every((option) => option === 'none'));
  if (empty !== undefined) return `rome draws an operation on every edge, and ${empty.id} has none of its own`;
  const poor = nodesOf(groups).find(({ edges }) => edges.length < 2);
  return poor === undefined ? null : `rome draws two edges for each node, and one leads to ${poor.name}`;
}
