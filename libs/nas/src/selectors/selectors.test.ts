import { randomStream } from '@oneshot/engine';
import { describe, expect, it } from 'vitest';
import { formatGenotype } from '../genotype/notation.js';
import { createSpace } from '../spaces/space.js';
import './all.gen.js';
import { selectors } from './registry.js';

const [argMaxSelector, twoEdgesSelector, twoPairsSelector] = [
  selectors.of('arg_max'),
  selectors.of('two_edges'),
  selectors.of('two_pairs'),
];

const stream = randomStream(0, 'test');

describe('selectors against examples worked by hand', () => {
  // Node 2 reads 0, 1; node 3 reads 0, 1, 2. Options: none, skip_connect, sep_conv_3x3. Rows are α.
  const space = createSpace({
    name: 'darts',
    cells: 1,
    nodes: 2,
    primitives: ['none', 'skip_connect', 'sep_conv_3x3'],
  });
  const alpha = new Map([
    [
      'normal',
      Float32Array.from([
        ...[5, 0, 1], // 2 ← 0: sep, though none is larger
        ...[0, 1, 0], // 2 ← 1: skip
        ...[0, 2, 1.9], // 3 ← 0: skip, sep close behind
        ...[9, 3, 0], // 3 ← 1: none takes the weight, so this edge is weak
        ...[0, 0, 1], // 3 ← 2: sep
      ]),
    ],
  ]);

  it('two_edges takes the two strongest edges, each with its best operation but none', () => {
    // Softmax of the best: 2←0 0.018, 2←1 0.58; 3←0 0.49, 3←1 0.0025, 3←2 0.58.
    expect(formatGenotype(twoEdgesSelector.select({ space, alpha, stream }))).toBe(
      "Genotype(normal=[('sep_conv_3x3', 0), ('skip_connect', 1), ('skip_connect', 0), ('sep_conv_3x3', 2)], normal_concat=range(2, 4))",
    );
  });

  it('weights of edges count where there are any', () => {
    // Node 3: 3←0 0.49 · 0.1, 3←1 0.0025 · 0.6, 3←2 0.58 · 0.3. Pairs: 3←2 sep 0.17, 3←2 skip
    // 0.064, 3←0 skip 0.049.
    const edgeWeights = new Map([['normal', Float32Array.from([0.5, 0.5, 0.1, 0.6, 0.3])]]);
    const input = { space, alpha, stream, edgeWeights };
    expect(formatGenotype(twoEdgesSelector.select(input))).toContain("('skip_connect', 0), ('sep_conv_3x3', 2)]");
    expect(formatGenotype(twoPairsSelector.select(input))).toContain("('sep_conv_3x3', 2), ('skip_connect', 2)]");
    // 3←1 · 0.98 still loses to 3←0 · 0.01 = 0.0049: 0.0025; but not to 3←0 · 0.001.
    const steep = new Map([['normal', Float32Array.from([0.5, 0.5, 0.001, 0.98, 0.019])]]);
    expect(formatGenotype(twoEdgesSelector.select({ ...input, edgeWeights: steep }))).toContain(
      "('skip_connect', 1), ('sep_conv_3x3', 2)]",
    );
  });

  it('two_pairs takes the two best pairs, even on one edge', () => {
    // Node 2, pairs: skip from 1 0.58, sep from 1 0.21, sep from 0 0.018. Node 3: sep from 2 0.58,
    // skip from 0 0.49, sep from 0 0.44.
    expect(formatGenotype(twoPairsSelector.select({ space, alpha, stream }))).toBe(
      "Genotype(normal=[('sep_conv_3x3', 1), ('skip_connect', 1), ('skip_connect', 0), ('sep_conv_3x3', 2)], normal_concat=range(2, 4))",
    );
  });

  it('arg_max takes the largest α of every choice; none may win', () => {
    const nasbench201 = createSpace('nasbench201');
    const rows = [4, 0, 3, 2, 1, 3].map((best) => Array.from({ length: 5 }, (_, option) => (option === best ? 1 : 0)));
    const genotype = argMaxSelector.select({
      space: nasbench201,
      alpha: new Map([['cell', Float32Array.from(rows.flat())]]),
      stream,
    });
    expect(formatGenotype(genotype)).toBe(
      '|avg_pool_3x3~0|+|none~0|nor_conv_3x3~1|+|nor_conv_1x1~0|skip_connect~1|nor_conv_3x3~2|',
    );
  });
});
