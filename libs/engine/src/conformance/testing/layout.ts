import type {
  BranchSchedule,
  CellSchedule,
  ChainBranch,
  FactorizedReduceBranch,
  NormSchedule,
  PoolBranch,
  StageSchedule,
} from '../../cell/schedule.js';

/** One kernel of a bank, under the name that PyTorch gives it in the peer. */
export interface NamedKernel {
  readonly name: string;
  readonly offset: number;
  /** Our layout: `[k, k, c]` depthwise, `[k, k, in, out]` dense, `[c]` scale or shift. */
  readonly shape: readonly number[];
}

const product = (shape: readonly number[]): number => shape.reduce((size, length) => size * length, 1);

/** Hands out places in the three banks of one cell. */
export class Layout {
  readonly kernels: NamedKernel[] = [];
  weightCount = 0;
  statisticCount = 0;
  mixCount = 0;

  kernel(name: string, shape: readonly number[]): number {
    const offset = this.weightCount;
    this.kernels.push({ name, offset, shape });
    this.weightCount += product(shape);
    return offset;
  }

  norm(channels: number, affineName?: string): NormSchedule {
    const statistics = this.statisticCount;
    this.statisticCount += 2 * channels;
    if (affineName === undefined) return { affine: false, weights: 0, statistics };
    const weights = this.kernel(`${affineName}.weight`, [channels]);
    this.kernel(`${affineName}.bias`, [channels]);
    return { affine: true, weights, statistics };
  }

  mix(): number {
    return this.mixCount++;
  }

  counts(): Pick<CellSchedule, 'weightCount' | 'statisticCount' | 'mixCount'> {
    const { weightCount, statisticCount, mixCount } = this;
    return { weightCount, statisticCount, mixCount };
  }

  reluConvolutionNorm(name: string, from: number, to: number, size: 1 | 3 = 1, stride: 1 | 2 = 1): StageSchedule {
    const weights = this.kernel(`${name}.1.weight`, [size, size, from, to]);
    return { relu: true, convolution: { size, stride, channels: to, weights }, norm: this.norm(to) };
  }

  factorizedReduce(name: string, from: number, to: number): FactorizedReduceBranch {
    const half = Math.floor(to / 2);
    const weights = this.kernel(`${name}.conv1.weight`, [1, 1, from, half]);
    this.kernel(`${name}.conv2.weight`, [1, 1, from, to - half]);
    return { kind: 'factorized_reduce', channels: to, weights, norm: this.norm(to) };
  }

  pool(pool: 'max' | 'average', channels: number, stride: 1 | 2): PoolBranch {
    return { kind: 'pool', pool, size: 3, stride, padding: 1, norm: this.norm(channels) };
  }

  private separable(name: string, at: number, c: number, size: 3 | 5, stride: 1 | 2, dilation: 1 | 2): StageSchedule {
    return {
      relu: true,
      depthwise: { size, stride, dilation, weights: this.kernel(`${name}.${at}.weight`, [size, size, c]) },
      convolution: { size: 1, stride: 1, channels: c, weights: this.kernel(`${name}.${at + 1}.weight`, [1, 1, c, c]) },
      norm: this.norm(c),
    };
  }

  /** An operation of the DARTS or NAS-Bench-201 space, as the peer defines it. */
  primitive(primitive: string, name: string, channels: number, stride: 1 | 2, mix: number | null): BranchSchedule {
    return { ...this.body(primitive, name, channels, stride), mix } as BranchSchedule;
  }

  private body(primitive: string, name: string, c: number, stride: 1 | 2): object {
    const chain = (...stages: StageSchedule[]): ChainBranch => ({ kind: 'chain', stages });
    const size = primitive.endsWith('5x5') ? 5 : 3;
    switch (primitive) {
      case 'none':
        return { kind: 'zero' };
      case 'skip_connect':
        return stride === 1 ? { kind: 'identity' } : this.factorizedReduce(name, c, c);
      case 'max_pool_3x3':
        return this.pool('max', c, stride);
      case 'avg_pool_3x3':
        return this.pool('average', c, stride);
      case 'sep_conv_3x3':
      case 'sep_conv_5x5':
        return chain(this.separable(name, 1, c, size, stride, 1), this.separable(name, 5, c, size, 1, 1));
      case 'dil_conv_3x3':
      case 'dil_conv_5x5':
        return chain(this.separable(name, 1, c, size, stride, 2));
      case 'nor_conv_1x1':
        return chain(this.reluConvolutionNorm(name, c, c, 1));
      case 'nor_conv_3x3':
        return chain(this.reluConvolutionNorm(name, c, c, 3));
      default:
        throw new Error(`No such primitive: ${primitive}`);
    }
  }
}
