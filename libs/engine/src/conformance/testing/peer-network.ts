import type { CellSchedule, EdgeSchedule, NodeSchedule } from '../../cell/schedule.js';
import { Layout } from './layout.js';

/**
 * One block of a network: a schedule, the names of its kernels, where its inputs come from and what
 * mixes it.
 */
export interface Block {
  readonly schedule: CellSchedule;
  readonly layout: Layout;
  /** Prefix of the kernels' names. */
  readonly prefix: string;
  /** Which earlier blocks are read; -1 is the image. */
  readonly reads: readonly number[];
  readonly kind: 'normal' | 'reduce' | 'plain';
}

const plainNode = (edges: readonly EdgeSchedule[]): NodeSchedule => ({ edges });

function stem(size: number, channels: number): Block {
  const layout = new Layout();
  const weights = layout.kernel('0.weight', [3, 3, 3, channels]);
  const norm = layout.norm(channels, '1');
  const schedule: CellSchedule = {
    inputs: [{ height: size, width: size, channels: 3 }],
    nodes: [
      plainNode([
        {
          from: 0,
          branches: [
            {
              kind: 'chain',
              mix: null,
              stages: [{ relu: false, convolution: { size: 3, stride: 1, channels, weights }, norm }],
            },
          ],
        },
      ]),
    ],
    output: [1],
    ...layout.counts(),
  };
  return { schedule, layout, prefix: 'stem.', reads: [-1], kind: 'plain' };
}

export interface DartsOptions {
  readonly primitives: readonly string[];
  readonly cells: number;
  readonly channels: number;
  readonly nodes: number;
  /** Height and width of the images. */
  readonly size: number;
  /** 1, or the number of groups of a partial connection. */
  readonly keep: number;
}

/**
 * The peer's DARTS supernet. The mix of a cell is `[edges · primitives]`, then a bypass per edge
 * where `keep > 1`.
 */
export function dartsNetwork({ primitives, cells, channels, nodes, size, keep }: DartsOptions): Block[] {
  const blocks = [stem(size, 3 * channels)];
  let [beforeLast, last, c, side, reduced] = [3 * channels, 3 * channels, channels, size, false];
  let sideBefore = size;
  for (let i = 0; i < cells; i++) {
    const reduction = cells > 1 && (i === Math.floor(cells / 3) || i === Math.floor((2 * cells) / 3));
    if (reduction) c *= 2;
    const layout = new Layout();
    const edgeCount = (nodes * (nodes + 3)) / 2;
    layout.mixCount = edgeCount * (primitives.length + (keep > 1 ? 1 : 0));
    const pre0: NodeSchedule = plainNode([
      {
        from: 0,
        branches: [
          reduced
            ? { ...layout.factorizedReduce('pre0', beforeLast, c), mix: null }
            : { kind: 'chain', mix: null, stages: [layout.reluConvolutionNorm('pre0', beforeLast, c)] },
        ],
      },
    ]);
    const pre1 = plainNode([
      { from: 1, branches: [{ kind: 'chain', mix: null, stages: [layout.reluConvolutionNorm('pre1', last, c)] }] },
    ]);
    const mixed: NodeSchedule[] = [];
    let e = 0;
    for (let n = 0; n < nodes; n++) {
      const edges = Array.from({ length: 2 + n }, (_, j): EdgeSchedule => {
        const stride = reduction && j < 2 ? 2 : 1;
        const edge = e++;
        const branches = primitives.map((p, k) =>
          layout.primitive(p, `edges.${edge}.ops.${p}`, Math.floor(c / keep), stride, edge * primitives.length + k),
        );
        const bypassMix = edgeCount * primitives.length + edge;
        return { from: 2 + j, branches, ...(keep > 1 ? { partial: { keep, stride, bypassMix } } : {}) };
      });
      mixed.push(plainNode(edges));
    }
    const schedule: CellSchedule = {
      inputs: [
        { height: sideBefore, width: sideBefore, channels: beforeLast },
        { height: side, width: side, channels: last },
      ],
      nodes: [pre0, pre1, ...mixed],
      output: mixed.map((_, n) => 4 + n),
      ...layout.counts(),
    };
    blocks.push({
      schedule,
      layout,
      prefix: `cells.${i}.`,
      reads: [Math.max(0, i - 1), i],
      kind: reduction ? 'reduce' : 'normal',
    });
    sideBefore = side;
    if (reduction) side /= 2;
    [beforeLast, last, reduced] = [last, nodes * c, reduction];
  }
  return blocks;
}

function nasBench201Cell(index: number, side: number, c: number, primitives: readonly string[]): Block {
  const layout = new Layout();
  layout.mixCount = 6 * primitives.length;
  let e = 0;
  const nodes = [1, 2, 3].map((count) =>
    plainNode(
      Array.from({ length: count }, (_, from) => {
        const edge = e++;
        const branches = primitives.map((p, k) => {
          const name = `edges.${edge}.${p}`;
          const mix = edge * primitives.length + k;
          if (p !== 'avg_pool_3x3') return layout.primitive(p, name, c, 1, mix);
          // This space has no norm after pooling.
          return { kind: 'pool', pool: 'average', size: 3, stride: 1, padding: 1, mix } as const;
        });
        return { from, branches };
      }),
    ),
  );
  const schedule: CellSchedule = {
    inputs: [{ height: side, width: side, channels: c }],
    nodes,
    output: [3],
    ...layout.counts(),
  };
  return { schedule, layout, prefix: `cells.${index}.`, reads: [index], kind: 'normal' };
}

function residual(index: number, side: number, from: number): Block {
  const layout = new Layout();
  const a = layout.reluConvolutionNorm('a', from, 2 * from, 3, 2);
  const b = layout.reluConvolutionNorm('b', 2 * from, 2 * from, 3);
  const weights = layout.kernel('down.1.weight', [1, 1, from, 2 * from]);
  const down = { relu: false, convolution: { size: 1, stride: 1, channels: 2 * from, weights } } as const;
  const schedule: CellSchedule = {
    inputs: [{ height: side, width: side, channels: from }],
    nodes: [
      plainNode([
        { from: 0, branches: [{ kind: 'pool', pool: 'average', size: 2, stride: 2, padding: 0, mix: null }] },
      ]),
      plainNode([
        { from: 1, branches: [{ kind: 'chain', mix: null, stages: [down] }] },
        { from: 0, branches: [{ kind: 'chain', mix: null, stages: [a, b] }] },
      ]),
    ],
    output: [2],
    ...layout.counts(),
  };
  return { schedule, layout, prefix: `cells.${index}.`, reads: [index], kind: 'plain' };
}

/**
 * The peer's NAS-Bench-201 supernet: three stages, residual blocks between, a last norm and ReLU.
 */
export function nasBench201Network(
  primitives: readonly string[],
  channels: number,
  cells: number,
  size: number,
): Block[] {
  const blocks = [stem(size, channels)];
  let [c, side] = [channels, size];
  for (let stage = 0; stage < 3; stage++) {
    if (stage > 0) {
      blocks.push(residual(blocks.length - 1, side, c));
      c *= 2;
      side /= 2;
    }
    for (let i = 0; i < cells; i++) blocks.push(nasBench201Cell(blocks.length - 1, side, c, primitives));
  }
  const layout = new Layout();
  const norm = layout.norm(c, 'last');
  blocks.push({
    schedule: {
      inputs: [{ height: side, width: side, channels: c }],
      nodes: [
        plainNode([
          { from: 0, branches: [{ kind: 'chain', mix: null, stages: [{ relu: false, norm }, { relu: true }] }] },
        ]),
      ],
      output: [1],
      ...layout.counts(),
    },
    layout,
    prefix: '',
    reads: [blocks.length - 1],
    kind: 'plain',
  });
  return blocks;
}
