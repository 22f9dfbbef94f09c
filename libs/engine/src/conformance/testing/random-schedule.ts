import type { BranchSchedule, CellSchedule, EdgeSchedule, NodeSchedule, StateShape } from '../../cell/schedule.js';
import { type RandomStream, randomStream } from '../../random/stream.js';
import { Layout } from './layout.js';

/** Draws of one random schedule, one after the other. */
class Dice {
  #count = 0;

  constructor(private readonly stream: RandomStream) {}

  below(n: number): number {
    return this.stream.at(this.#count++).integers(1, n)[0] ?? 0;
  }

  pick<T>(options: readonly [T, ...T[]]): T {
    return options[this.below(options.length)] ?? options[0];
  }

  often(): boolean {
    return this.below(3) > 0;
  }
}

const size = [3, 5, 7] as const;

class Builder {
  readonly layout = new Layout();

  constructor(
    private readonly dice: Dice,
    private readonly sharing: Dice,
  ) {}

  private norm(channels: number): ReturnType<Layout['norm']> {
    const norm = this.layout.norm(channels, this.dice.often() ? undefined : `norm${this.layout.weightCount}`);
    return norm.affine ? { ...norm, weights: this.shared(norm.weights, 2 * channels) } : norm;
  }

  private kernel(name: string, shape: readonly number[]): number {
    const offset = this.layout.kernel(name, shape);
    return this.shared(offset, this.layout.weightCount - offset);
  }

  /** The weights just laid out, or now and then some that others use too, in whole or in part. */
  private shared(offset: number, size: number): number {
    return this.sharing.below(6) === 0 ? this.sharing.below(this.layout.weightCount - size + 1) : offset;
  }

  private stage(from: number, to: number, stride: 1 | 2): object {
    const { dice } = this;
    const isDepthwise = dice.often();
    const dense = to !== from || !isDepthwise || dice.often();
    const depthwise = isDepthwise && {
      size: dice.pick(size),
      stride,
      dilation: dice.pick([1, 2] as const),
    };
    const convolution = dense && {
      size: dice.pick([1, 1, 3, 5] as const),
      stride: isDepthwise ? 1 : stride,
      channels: to,
    };
    return {
      relu: dice.often(),
      ...(depthwise && {
        depthwise: { ...depthwise, weights: this.kernel('depthwise', [depthwise.size, depthwise.size, from]) },
      }),
      ...(convolution && {
        convolution: {
          ...convolution,
          weights: this.kernel('dense', [convolution.size, convolution.size, from, to]),
        },
      }),
      ...(dice.often() && { norm: this.norm(to) }),
    };
  }

  /** A random branch from one shape to another; the stride is 2 where the height halves. */
  branch(from: StateShape, to: StateShape): BranchSchedule {
    const { dice, layout } = this;
    const stride = from.height === to.height && from.width === to.width ? 1 : 2;
    const mix = dice.often() ? layout.mix() : null;
    const same = from.channels === to.channels;
    switch (dice.below(8)) {
      case 0:
        return { kind: dice.pick(['zero', 'bare'] as const), mix: layout.mix() };
      case 1:
        if (same && stride === 1) return { kind: 'identity', mix };
        break;
      case 2:
      case 3:
        if (same) {
          const norm = dice.often() && { norm: this.norm(to.channels) };
          return {
            kind: 'pool',
            pool: dice.pick(['max', 'average'] as const),
            size: 3,
            stride,
            padding: 1,
            mix,
            ...norm,
          };
        }
        break;
      case 4:
        if (stride === 2) {
          const half = Math.floor(to.channels / 2);
          const weights = layout.kernel('reduce', [from.channels, half]);
          layout.kernel('reduce', [from.channels, to.channels - half]);
          return { kind: 'factorized_reduce', channels: to.channels, weights, norm: this.norm(to.channels), mix };
        }
        break;
    }
    const first = this.stage(from.channels, to.channels, stride);
    const stages = dice.often() ? [first] : [first, this.stage(to.channels, to.channels, 1)];
    return { kind: 'chain', stages, mix } as BranchSchedule;
  }

  edge(from: number, source: StateShape, to: StateShape): EdgeSchedule {
    const { dice, layout } = this;
    const stride = source.height === to.height && source.width === to.width ? 1 : 2;
    const halves = stride === 1 || (source.height % 2 === 0 && source.width % 2 === 0);
    const keep = dice.pick([2, 3, 4] as const);
    const fits = source.channels === to.channels && keep <= to.channels;
    const count = 1 + dice.below(4);
    if (!fits || !halves || dice.often()) {
      return { from, branches: Array.from({ length: count }, () => this.branch(source, to)) };
    }
    const part = (shape: StateShape): StateShape => ({ ...shape, channels: Math.floor(shape.channels / keep) });
    const branches = Array.from({ length: count }, () => this.branch(part(source), part(to)));
    return { from, branches, partial: { keep, stride, bypassMix: dice.often() ? layout.mix() : null } };
  }
}

/**
 * A valid schedule drawn from everything a schedule can hold: odd channels, odd sizes, strides,
 * dilations, partial edges, operations that share weights.
 */
export function randomSchedule(seed: number): CellSchedule {
  const dice = new Dice(randomStream(seed, 'schedule'));
  const builder = new Builder(dice, new Dice(randomStream(seed, 'sharing')));
  const channels = dice.pick([1, 7, 18, 26, 4, 8, 16] as const);
  const input: StateShape = { height: 4 + dice.below(7), width: 4 + dice.below(7), channels };
  const other: StateShape = { ...input, channels: dice.pick([channels, 3, 5] as const) };
  const inputs = dice.often() ? [input, other] : [input];
  const reduction = dice.below(2) === 1;
  const inner: StateShape = reduction
    ? { height: Math.ceil(input.height / 2), width: Math.ceil(input.width / 2), channels }
    : input;
  const states = [...inputs];
  const nodes: NodeSchedule[] = [];
  for (let n = 0, count = 1 + dice.below(3); n < count; n++) {
    const edges = Array.from({ length: 1 + dice.below(2) }, () => {
      const from = dice.below(states.length);
      return builder.edge(from, states[from] ?? input, inner);
    });
    nodes.push({ edges, shape: inner });
    states.push(inner);
  }
  const output = dice.often() ? [states.length - 1] : nodes.map((_, n) => inputs.length + n);
  const { weightCount, statisticCount, mixCount } = builder.layout;
  return { inputs, nodes, output, weightCount, statisticCount, mixCount };
}

/** Whether a schedule has a ReLU or a maximum, whose kinks make finite differences coarse. */
export function isSmooth({ nodes }: CellSchedule): boolean {
  return nodes.every(({ edges }) =>
    edges.every(
      ({ branches, partial }) =>
        !(partial?.stride === 2) &&
        branches.every((branch) => {
          if (branch.kind === 'chain') return branch.stages.every(({ relu }) => !relu);
          if (branch.kind === 'pool') return branch.pool === 'average';
          return branch.kind !== 'factorized_reduce';
        }),
    ),
  );
}
