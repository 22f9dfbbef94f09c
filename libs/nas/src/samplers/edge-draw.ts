import { concat, matMul, type RandomStream, read, reshape, type Tensor, tensor } from '@oneshot/engine';
import type { ChoiceGroup } from '../spaces/choice.js';
import { gumbelSoftmax } from './finite-draw.js';
import { type NodeEdges, nodesOf, pairsOf } from './node-edges.js';
import { argMaxRow, largestColumns, softmaxRow } from './rows.js';
import type { ArchitectureParameters, EdgeSet, LearnedTopology, ParameterShape } from './sampler.js';
import { straightThrough } from './straight-through.js';

/** `v1`: a β for each pair of edges of a node; `v2`: one for each edge. */
export type TopologyVersion = 'v1' | 'v2';

/** β, by node. */
export function edgeParameters(groups: readonly ChoiceGroup[], version: TopologyVersion): readonly ParameterShape[] {
  return nodesOf(groups).map(({ name, edges: { length } }) => ({
    name,
    length: version === 'v1' ? pairsOf(length).length : length,
  }));
}

interface EdgeDrawOptions {
  readonly version: TopologyVersion;
  readonly tau: number;
  readonly stream: (name: string, attempt: number) => RandomStream;
}

/** Which edges were drawn. */
export interface DrawnEdges {
  /** Their ids. */
  readonly drawn: ReadonlySet<string>;
  /** B of a group, `[choices, 1]`: 1 for an edge that was drawn, else 0; differentiable in β. */
  column(group: ChoiceGroup): Tensor;
}

/** Two edges for each node. */
export function drawEdges(
  groups: readonly ChoiceGroup[],
  beta: ArchitectureParameters,
  { version, tau, stream }: EdgeDrawOptions,
): DrawnEdges {
  const nodes = nodesOf(groups);
  const each = nodes.map((node) => {
    const own = beta.get(node.name);
    if (own === undefined) throw new RangeError(`no β for the edges of node ${node.name}`);
    const row = reshape(own, [1, own.size]);
    const soft = gumbelSoftmax(node.name, row, tau, (attempt) => stream(node.name, attempt));
    return version === 'v1' ? drawPair(node, soft) : drawTwo(node, soft);
  });
  const all = nodes.flatMap(({ edges }) => edges.map(({ id }) => id));
  const indicator = concat(
    each.map(({ indicator: own }) => own),
    0,
  );
  return {
    drawn: new Set(nodes.flatMap(({ edges }, at) => (each[at]?.picked ?? []).map((index) => edges[index]?.id ?? ''))),
    column({ choices }) {
      const rows = new Float32Array(choices.length * all.length);
      for (const { id, row } of choices) rows[row * all.length + all.indexOf(id)] = 1;
      return matMul(tensor(rows, [choices.length, all.length]), indicator);
    },
  };
}

interface NodeDraw {
  /** Positions of the drawn edges among those of the node. */
  readonly picked: readonly number[];
  /** B, `[edges, 1]`. */
  readonly indicator: Tensor;
}

/** The pair I with Gumbel-Max, and B as the sum of the pairs an edge is in (eqs. 5 and 6). */
function drawPair({ edges }: NodeEdges, soft: Tensor): NodeDraw {
  const pairs = pairsOf(edges.length);
  const best = argMaxRow(Array.from(read(soft)));
  const hard = Float32Array.from({ length: pairs.length }, (_, index) => (index === best ? 1 : 0));
  const pair = straightThrough(tensor(hard, [1, pairs.length]), soft);
  const member = edges.flatMap((_, edge) => pairs.map((both) => (both.includes(edge) ? 1 : 0)));
  const members = tensor(Float32Array.from(member), [edges.length, pairs.length]);
  return { picked: pairs[best] ?? [], indicator: matMul(members, pair, { transposeB: true }) };
}

/** The two largest (eqs. 7 and 8). */
function drawTwo({ edges }: NodeEdges, soft: Tensor): NodeDraw {
  const picked = largestColumns(Array.from(read(soft)), 2);
  const hard = Float32Array.from({ length: edges.length }, (_, index) => (picked.includes(index) ? 1 : 0));
  return { picked, indicator: reshape(straightThrough(tensor(hard, [1, edges.length]), soft), [edges.length, 1]) };
}

/** What β says of the edges. */
export function learnedTopology(
  groups: readonly ChoiceGroup[],
  beta: ReadonlyMap<string, Float32Array>,
  version: TopologyVersion,
): LearnedTopology {
  const probability = new Map<string, number>();
  const nodes = nodesOf(groups).map(({ name, edges }): readonly EdgeSet[] => {
    const p = softmaxRow(Array.from(beta.get(name) ?? []));
    const pairs = pairsOf(edges.length);
    const drawn = version === 'v1' ? p : pairs.map(([i, k]) => withoutReplacement(p[i] ?? 0, p[k] ?? 0));
    edges.forEach(({ id }, edge) => {
      const own = pairs.map((pair, index) => (pair.includes(edge) ? (drawn[index] ?? 0) : 0));
      probability.set(
        id,
        own.reduce((sum, each) => sum + each, 0),
      );
    });
    return pairs.map(([i, k], index) => ({
      edges: [edges[i], edges[k]].flatMap((edge) => (edge === undefined ? [] : [edge])),
      weight: version === 'v1' ? (p[index] ?? 0) : (p[i] ?? 0) * (p[k] ?? 0),
    }));
  });
  const edgeWeights = groups.map(({ name, choices }) => {
    return [name, Float32Array.from(choices, ({ id }) => probability.get(id) ?? 0)] as const;
  });
  return { edgeWeights: new Map(edgeWeights), nodes };
}

/** Probability of drawing two edges in either order, the second from what is left (section 3.5). */
function withoutReplacement(p: number, q: number): number {
  // An edge that is certain leaves nothing to the others but what is drawn of them next.
  const after = (first: number, second: number) => (first < 1 ? (first * second) / (1 - first) : 0);
  return after(p, q) + after(q, p);
}
