import {
  Adam,
  dispose,
  MomentumSgd,
  randomStream,
  read,
  type Tensor,
  tensor,
  type Variable,
  variable,
} from '@oneshot/engine';
import {
  type ArchitectureParameters,
  createRegularizer,
  createSampler,
  type Draw,
  Network,
  type NetworkTarget,
  type Profile,
  type Regularizer,
  type Sampler,
  type Space,
  supernet,
} from '@oneshot/nas';
import { prefixed, withPrefix } from '../checkpoint/prefix.js';

/** Which step of the loop a draw serves; each has random numbers of its own. */
export type DrawPurpose = 'architecture' | 'weights';

/** Everything a search changes: the supernet's weights, α, and the memory of both optimizers. */
export class SearchModel {
  readonly space: Space;
  readonly profile: Profile;
  readonly network: Network;
  readonly sampler: Sampler;
  readonly regularizer: Regularizer;
  readonly weightOptimizer: MomentumSgd;
  readonly architectureOptimizer: Adam;
  /** α, one variable `[choices, options]` per group, in the order of the space's groups. */
  readonly alpha: readonly Variable[];
  readonly #seed: number;

  constructor(space: Space, profile: Profile, target: NetworkTarget, seed: number) {
    this.space = space;
    this.profile = profile;
    this.#seed = seed;
    this.network = new Network(supernet(space, target), { seed });
    this.sampler = createSampler(profile.sampler);
    this.regularizer = createRegularizer(profile.regularizer);
    const { momentum, nesterov, weightDecay } = profile.weights;
    this.weightOptimizer = new MomentumSgd({ momentum, nesterov, weightDecay });
    const { beta1, beta2, initialScale } = profile.architecture;
    this.architectureOptimizer = new Adam({ beta1, beta2, weightDecay: this.regularizer.weightDecay });
    this.alpha = space.groups.map(({ name, choices, options }) => {
      const size = choices.length * options.length;
      const values = randomStream(seed, 'alpha', name).normal(size);
      return variable(
        Float32Array.from(values, (value) => value * initialScale),
        [choices.length, options.length],
        name,
      );
    });
  }

  /** α as the sampler reads it; on the tape when called inside a loss. */
  get parameters(): ArchitectureParameters {
    return new Map(this.alpha.map(({ name, value }) => [name, value]));
  }

  /** Copies of α, row-major. */
  alphaValues(): ReadonlyMap<string, Float32Array> {
    return new Map(this.alpha.map(({ name, value }) => [name, read(value).slice()]));
  }

  /** A draw; a pure function of α, seed, purpose, epoch and step. */
  draw(purpose: DrawPurpose, epoch: number, step: number): Draw {
    const stream = (group: string, attempt: number) =>
      randomStream(this.#seed, 'draw', purpose, group, epoch, step, attempt);
    return this.sampler.draw(this.space.groups, this.parameters, { epoch, epochs: this.profile.epochs, stream });
  }

  /** Everything, as named arrays. */
  state(): Record<string, Float32Array> {
    return {
      ...withPrefix('network', this.network.state()),
      ...withPrefix('alpha', Object.fromEntries(this.alphaValues())),
      ...withPrefix('weightOptimizer', this.weightOptimizer.state()),
      ...withPrefix('architectureOptimizer', this.architectureOptimizer.state()),
    };
  }

  /** Takes a state over. Throws NasError `invalid_state` if the network's arrays do not fit, RangeError if α does not. */
  restore(state: Readonly<Record<string, Float32Array>>): void {
    this.network.restore(prefixed('network', state));
    const alpha = prefixed('alpha', state);
    for (const target of this.alpha) {
      const values = alpha[target.name];
      if (values?.length !== target.value.size) throw new RangeError(`alpha/${target.name} does not fit the space`);
      assign(target, values);
    }
    this.weightOptimizer.restore(prefixed('weightOptimizer', state));
    this.architectureOptimizer.restore(prefixed('architectureOptimizer', state));
  }

  dispose(): void {
    this.network.dispose();
    for (const target of this.alpha) target.dispose();
  }
}

/** Gives a variable new values. */
export function assign(target: Variable, values: Float32Array): void {
  const next: Tensor = tensor(values, target.shape);
  target.assign(next);
  dispose(next);
}
