import { mul, randomStream, read, sum, type Tensor, tensor, valueAndGradients, variable } from '@oneshot/engine';
import { describe, expect, it } from 'vitest';
import { resolveProfile } from '../profiles/resolve.js';
import { createSpace } from '../spaces/space.js';
import { gumbelSoftmax } from './finite-draw.js';
import { nodesOf, pairsOf } from './node-edges.js';
import { romeSampler } from './rome.js';
import { softmaxRow } from './rows.js';
import type { DrawContext } from './sampler.js';

const space = createSpace({ name: 'darts', nodes: 2, cells: 1, primitives: ['none', 'skip_connect', 'sep_conv_3x3'] });
const { groups } = space;
const [group] = groups;
if (group === undefined) throw new RangeError('no group');
const columns = 3;
const tau = 0.7;
const ROW = [3, 0.4, -0.2];
/** Of the two edges of node 2 and the three of node 3, or of the one pair and the three pairs. */
const BETA = {
  v1: new Map([
    ['normal.2', [0.3]],
    ['normal.3', [0.5, -0.4, 0.9]],
  ]),
  v2: new Map([
    ['normal.2', [0.3, -0.3]],
    ['normal.3', [0.5, -0.4, 0.9]],
  ]),
};

const context = (seed: number): DrawContext => ({
  epoch: 0,
  epochs: 1,
  draw: 0,
  stream: (name, attempt) => randomStream(seed, name, attempt),
  common: (name) => randomStream(seed, name),
});

const variablesOf = (version: 'v1' | 'v2') => {
  const flat = group.choices.flatMap(({ row }) => ROW.map((value, option) => value + 0.1 * row * option));
  const alpha = variable(Float32Array.from(flat), [group.choices.length, columns], group.name);
  return [
    alpha,
    ...[...BETA[version]].map(([name, values]) => variable(Float32Array.from(values), [values.length], name)),
  ];
};
const parametersOf = (variables: ReturnType<typeof variablesOf>): ReadonlyMap<string, Tensor> =>
  new Map(variables.map(({ name, value }) => [name, value]));

describe.each(['v1', 'v2'] as const)('rome %s', (version) => {
  const sampler = romeSampler({ version, temperature: { from: tau, to: tau } });
  const variables = variablesOf(version);

  it('has a β for each pair of edges, or for each edge', () => {
    const shapes = sampler.parameters?.(groups);
    expect(shapes).toEqual([...BETA[version]].map(([name, { length }]) => ({ name, length })));
  });

  it('draws edges and operations as often as β and α say, and never none', () => {
    const draws = 1000;
    const edges = new Map<string, number>();
    let skips = 0;
    for (let seed = 0; seed < draws; seed++) {
      const { active = new Map<string, readonly string[]>() } = sampler.draw(
        groups,
        parametersOf(variables),
        context(seed),
      );
      const kept = group.choices.filter(({ id }) => (active.get(id)?.length ?? 0) > 0);
      expect(kept).toHaveLength(4);
      const key = kept.flatMap(({ site }) => (site?.node === 3 ? [site.from] : [])).join();
      edges.set(key, (edges.get(key) ?? 0) + 1 / draws);
      expect([...active.values()].flat()).not.toContain('none');
      if (active.get('normal.2.0')?.[0] === 'skip_connect') skips += 1 / draws;
    }
    const p = softmaxRow([0.5, -0.4, 0.9]);
    const pairs = pairsOf(3);
    const wanted = pairs.map(([i, k], index) => {
      const [a, b] = [p[i] ?? 0, p[k] ?? 0];
      return version === 'v1' ? (p[index] ?? 0) : (a * b) / (1 - a) + (b * a) / (1 - b);
    });
    // Standard deviation of a share of 1,000 draws: at most 0.016.
    pairs.forEach((pair, index) => {
      expect(Math.abs((edges.get(pair.join()) ?? 0) - (wanted[index] ?? 0))).toBeLessThan(0.06);
    });
    expect(Math.abs(skips - (softmaxRow([0.4, -0.2])[0] ?? 0))).toBeLessThan(0.06);
    const learned = sampler.topology?.(groups, new Map([...BETA[version]].map(([n, v]) => [n, Float32Array.from(v)])));
    const found = [...(learned?.edgeWeights.get('normal') ?? [])];
    expect(found[0]).toBeCloseTo(1, 6);
    [0, 1, 2].forEach((edge) => {
      const own = pairs.reduce((total, pair, at) => total + (pair.includes(edge) ? (wanted[at] ?? 0) : 0), 0);
      expect(found[2 + edge]).toBeCloseTo(own, 5);
    });
  });

  it('weighs what runs with exactly 1, and has the gradient of the softmax behind the draw', () => {
    const draw = () => sampler.draw(groups, parametersOf(variables), context(11));
    const { active = new Map<string, readonly string[]>(), bare } = draw();
    expect(bare).toBe(false);
    const drawn = group.choices.map(({ id, options }) => options.indexOf(active.get(id)?.[0] ?? ''));
    const weights = draw().weights.get('normal') ?? tensor([]);
    read(weights).forEach((weight, index) => {
      expect(weight).toBe(drawn[Math.floor(index / columns)] === index % columns ? 1 : 0);
    });
    // A loss that is linear in the coefficients of what runs; others have no gradient.
    const slope = (row: number) => Math.cos(3 * row) + 0.2;
    const cost = tensor(
      Float32Array.from({ length: weights.size }, (_, index) => {
        const row = Math.floor(index / columns);
        return drawn[row] === index % columns ? slope(row) : 0;
      }),
      weights.shape,
    );
    const { gradients } = valueAndGradients(
      () => sum(mul(draw().weights.get('normal') ?? tensor([]), cost)),
      variables,
    );
    const [ofAlpha, ...ofBeta] = gradients.map((gradient) => [...read(gradient)]);
    const at = context(11);
    const [alpha] = variables;
    if (alpha === undefined) throw new RangeError('no α');
    const masked = read(alpha.value).map((value, index) => (index % columns === 0 ? -1e30 : value));
    const p = read(gumbelSoftmax('α', tensor(masked, alpha.shape), tau, (attempt) => at.stream('normal', attempt)));
    ofAlpha?.forEach((value, index) => {
      const row = Math.floor(index / columns);
      const option = drawn[row] ?? -1;
      const jacobian = (p[row * columns + option] ?? 0) * ((option === index % columns ? 1 : 0) - (p[index] ?? 0));
      expect(value).toBeCloseTo(option < 0 ? 0 : (slope(row) * jacobian) / tau, 5);
    });
    nodesOf(groups).forEach(({ name, edges }, node) => {
      const own = variables[1 + node];
      if (own === undefined) throw new RangeError('no β');
      const row = tensor(read(own.value), [1, own.value.size]);
      const q = [...read(gumbelSoftmax(name, row, tau, (attempt) => at.stream(name, attempt)))];
      const ofEdge = edges.map((choice) => ((drawn[choice.row] ?? -1) < 0 ? 0 : slope(choice.row)));
      const direct =
        version === 'v2' ? ofEdge : pairsOf(edges.length).map(([i, k]) => (ofEdge[i] ?? 0) + (ofEdge[k] ?? 0));
      ofBeta[node]?.forEach((value, j) => {
        const wanted = q.reduce(
          (total, each, i) => total + (direct[i] ?? 0) * each * ((i === j ? 1 : 0) - (q[j] ?? 0)),
          0,
        );
        expect(value).toBeCloseTo(wanted / tau, 5);
      });
    });
  });
});

describe('rome', () => {
  it.each([
    [
      'a space that keeps every edge',
      'nasbench201',
      {},
      'rome draws two edges for each node, and nasbench201 keeps every',
    ],
    ['a macro space', 'conv_macro', {}, 'rome draws which edges lead to a node, and conv_macro has no such choice'],
    [
      'weights of edges besides',
      'darts',
      { edgeNormalisation: true },
      'profile.edgeNormalisation: rome draws edges by β',
    ],
    [
      'channels that pass by',
      'darts',
      { mutations: [{ name: 'partial_connection' }] },
      'profile.mutations[0].name: channels that bypass the operations',
    ],
    [
      'a selector of what is not learned',
      'darts',
      { method: 'gdas', selector: 'likeliest' },
      'profile.selector: likeliest reads what a sampler that draws edges has learned of them; gumbel draws none',
    ],
    [
      'pairs of edges without edges',
      'nasbench1shot1',
      { method: 'rome_v1' },
      'profile.sampler.version: v1 has a β for each pair',
    ],
  ])('refuses %s', (_, name, changes, message) => {
    expect(() => resolveProfile({ method: 'rome', ...changes }, createSpace(name))).toThrow(message);
  });

  it('draws as many parents as are kept in NAS-Bench-1Shot1, whose parents are choices', () => {
    const one = createSpace('nasbench1shot1');
    const sampler = romeSampler({ version: 'v2', temperature: { from: 1, to: 1 } });
    const alpha = one.groups.map(({ name, choices, options }) => {
      const shape = [choices.length, options.length];
      return [name, tensor(new Float32Array(choices.length * options.length), shape)] as const;
    });
    expect(sampler.parameters?.(one.groups)).toEqual([]);
    const { active } = sampler.draw(one.groups, new Map(alpha), context(2));
    for (const { id, keeps = 1 } of one.choices) expect(active?.get(id)).toHaveLength(keeps);
  });
});
