import {
  dispose,
  type Optimizer,
  randomStream,
  read,
  type Tensor,
  tensor,
  tidy,
  type Variable,
  variable,
} from '@oneshot/engine';
import {
  type Architect,
  type ArchitectureParameters,
  architects,
  type CostMeasure,
  coefficientsOf,
  createOptimizer,
  type Draw,
  type DrawContext,
  drawsPerStep,
  ExpectedCost,
  edgeWeights,
  hardWeights,
  type LinearCost,
  Network,
  type Perturbation,
  type PerturbationInput,
  type Profile,
  perturbations,
  type Regularizer,
  type Remembering,
  regularizers,
  type Sampler,
  type Selection,
  type Space,
  type Supernet,
  samplers,
  supernet,
  type WeightsByGroup,
} from '@oneshot/nas';
import { prefixed, withPrefix } from '../checkpoint/prefix.js';
import type { Task } from '../task/task.js';
import { initialAlpha, initialBeta } from './architecture-parameters.js';

/** Which step of the loop a draw serves; each has random numbers of its own. */
export type DrawPurpose = 'architecture' | 'weights';

/**
 * Everything a search changes: the supernet's weights, α and β, and what the parts of the method
 * remember.
 */
export class SearchModel {
  readonly space: Space;
  readonly profile: Profile;
  readonly network: Network;
  readonly supernet: Supernet;
  readonly task: Task;
  readonly sampler: Sampler;
  readonly regularizer: Regularizer;
  readonly perturbation: Perturbation | null;
  readonly architect: Architect;
  readonly weightOptimizer: Optimizer;
  readonly architectureOptimizer: Optimizer;
  /** α, one variable `[choices, options]` per group, in the order of the space's groups. */
  readonly alpha: readonly Variable[];
  /**
   * β: with edge normalisation one variable `[choices]` per group in the same order; else what the
   * sampler has besides α; mostly none.
   */
  readonly beta: readonly Variable[];
  /** Sub-networks that a step draws. */
  readonly draws: number;
  readonly #seed: number;
  readonly #costs = new Map<CostMeasure, ExpectedCost>();

  /** @param sampler default: the profile's */
  constructor(
    space: Space,
    profile: Profile,
    task: Task,
    seed: number,
    sampler: Sampler = samplers.of(profile.sampler.name).create(profile.sampler),
  ) {
    this.space = space;
    this.profile = profile;
    this.task = task;
    this.#seed = seed;
    const { mutations, edgeNormalisation } = profile;
    const sharing = sampler.singlePath ? 'shared' : 'own';
    this.supernet = supernet(space, task.target, { mutations, edgeNormalisation, sharing });
    this.network = new Network(this.supernet.description, { seed });
    this.sampler = sampler;
    this.draws = drawsPerStep(sampler, space.groups, profile.draws);
    const { regularizer, perturbation, weights, architecture } = profile;
    this.regularizer = regularizers.of(regularizer.name).create(regularizer);
    this.perturbation = perturbation === undefined ? null : perturbations.of(perturbation.name).create(perturbation);
    this.architect = architects.of(architecture.order).create();
    this.weightOptimizer = createOptimizer(weights, 'weights', weights.weightDecay);
    this.architectureOptimizer = createOptimizer(architecture, 'architecture', this.regularizer.weightDecay ?? 0);
    this.alpha = initialAlpha(space, profile, seed).map(({ name, shape, values }) => variable(values, shape, name));
    const beta = initialBeta(space, profile, sampler, seed);
    this.beta = beta.map(({ name, shape, values }) => variable(values, shape, `${name}${BETA}`));
  }

  /** What the architecture optimizer changes: α, then β. */
  get architecture(): readonly Variable[] {
    return [...this.alpha, ...this.beta];
  }

  /** α, and β that the sampler has of its own, as it reads them; on the tape inside a loss. */
  get parameters(): ArchitectureParameters {
    const read = [...this.alpha, ...(this.profile.edgeNormalisation ? [] : this.beta)];
    return new Map(read.map((parameters) => [plainName(parameters), parameters.value]));
  }

  /** Copies of α, row-major. */
  alphaValues(): ReadonlyMap<string, Float32Array> {
    return new Map(this.alpha.map(({ name, value }) => [name, read(value).slice()]));
  }

  /** Copies of β. */
  betaValues(): ReadonlyMap<string, Float32Array> {
    return new Map(this.beta.map((beta) => [plainName(beta), read(beta.value).slice()]));
  }

  /**
   * The architecture weights the sampler makes of α on average, by group, row-major
   * `[choices, options]`.
   */
  expectedWeights(): ReadonlyMap<string, Float32Array> {
    const alpha = this.alphaValues();
    return new Map(
      this.space.groups.map((group) => [
        group.name,
        this.sampler.expectation(group, alpha.get(group.name) ?? new Float32Array(0)),
      ]),
    );
  }

  /** The cost of architectures around those that α finds likely, to first order. */
  expectedCost(measure: CostMeasure): LinearCost {
    const known = this.#costs.get(measure) ?? new ExpectedCost(this.space, this.task.target, measure);
    this.#costs.set(measure, known);
    return known.at(this.expectedWeights());
  }

  /**
   * A draw; a pure function of α, β, seed, purpose and its place in the run.
   *
   * @param moved architecture weights in place of those that are drawn
   */
  draw(purpose: DrawPurpose, at: DrawPosition, moved?: WeightsByGroup): Draw {
    const { topology } = this.space;
    const context = { ...drawContext(this.#seed, purpose, at), epochs: this.profile.epochs, topology };
    const drawn = this.sampler.draw(this.space.groups, this.parameters, context);
    return {
      ...this.#completed(at.epoch, moved === undefined ? drawn : { ...drawn, weights: this.#tensors(moved) }),
      stream: (place) => randomStream(this.#seed, 'operation', purpose, place, ...keyOf(at)),
    };
  }

  /** The draw that runs the given options, with weight 1. */
  pathDraw(active: Selection): Draw {
    return this.#trained({ weights: hardWeights(this.space.groups, active), active, bare: false });
  }

  /**
   * The draw that runs the given options with given weights, by group, row-major
   * `[choices, options]`.
   */
  givenDraw(weights: WeightsByGroup, active: Selection): Draw {
    return this.#trained({ weights: this.#tensors(weights), active, bare: false });
  }

  #tensors(weights: WeightsByGroup): ReadonlyMap<string, Tensor> {
    return new Map(
      this.space.groups.map(({ name, choices, options }) => {
        return [name, tensor(weights.get(name) ?? new Float32Array(0), [choices.length, options.length])] as const;
      }),
    );
  }

  /**
   * The architecture weights under which weights learn, in place of those that are drawn; undefined
   * where no perturbation moves them.
   *
   * @param lossUnder what a perturbation may look at, for a draw
   */
  moved(at: DrawPosition, lossUnder: (draw: Draw) => PerturbationInput['lossUnder']): WeightsByGroup | undefined {
    const { perturbation } = this;
    if (perturbation === null) return undefined;
    return tidy(() => {
      const drawn = this.draw('weights', at);
      return perturbation.perturb({
        groups: this.space.groups,
        weights: new Map([...drawn.weights].map(([group, weights]) => [group, read(weights).slice()])),
        epoch: at.epoch,
        epochs: this.profile.epochs,
        stream: (group) => randomStream(this.#seed, 'perturbation', group, ...keyOf(at)),
        lossUnder: lossUnder(drawn),
      });
    });
  }

  /** A draw of the trained supernet. */
  #trained(draw: Draw): Draw {
    return this.#completed(this.profile.epochs, draw);
  }

  /** With what the network needs besides the weights of choices. */
  #completed(epoch: number, draw: Draw): Draw {
    const { mutations, epochs, edgeNormalisation } = this.profile;
    const coefficients = coefficientsOf(mutations, epoch, epochs);
    const all = coefficients.size === 0 ? draw : { ...draw, coefficients };
    if (!edgeNormalisation) return all;
    const edges = this.space.groups.flatMap((group, index) => {
      const beta = this.beta[index];
      return beta === undefined ? [] : [[group.name, edgeWeights(group, beta.value)] as const];
    });
    return { ...all, edgeWeights: new Map(edges) };
  }

  /** Whether α and β learn in the weight step's own pass. */
  get singleLevel(): boolean {
    return this.sampler.differentiable && this.architect.gradients === undefined;
  }

  /** What the parts of the method remember, by the names of their arrays in checkpoints. */
  get #memories(): Readonly<Record<string, Partial<Remembering>>> {
    const { weightOptimizer, architectureOptimizer, regularizer, architect } = this;
    return { weightOptimizer, architectureOptimizer, regularizer, architect };
  }

  /** Everything, as named arrays. */
  state(): Record<string, Float32Array> {
    const parts = Object.entries(this.#memories).map(([name, part]) => withPrefix(name, part.state?.() ?? {}));
    return Object.assign(
      {},
      withPrefix('network', this.network.state()),
      withPrefix('alpha', Object.fromEntries(this.alphaValues())),
      withPrefix('beta', Object.fromEntries(this.betaValues())),
      ...parts,
    );
  }

  /**
   * Takes a state over. Throws NasError `invalid_state` if the network's arrays do not fit,
   * RangeError if α or β do not.
   */
  restore(state: Readonly<Record<string, Float32Array>>): void {
    this.network.restore(prefixed('network', state));
    for (const [prefix, targets] of [['alpha', this.alpha] as const, ['beta', this.beta] as const]) {
      const arrays = prefixed(prefix, state);
      for (const target of targets) {
        const name = plainName(target);
        const values = arrays[name];
        if (values?.length !== target.value.size) throw new RangeError(`${prefix}/${name} does not fit the space`);
        assign(target, values);
      }
    }
    for (const [name, part] of Object.entries(this.#memories)) part.restore?.(prefixed(name, state));
  }

  dispose(): void {
    this.network.dispose();
    for (const target of this.architecture) target.dispose();
  }
}

/** Ends the names of the variables of β, which else are those of α. */
const BETA = '.beta';

/** The name that α or β has in draws and checkpoints. */
function plainName({ name }: Variable): string {
  return name.endsWith(BETA) ? name.slice(0, -BETA.length) : name;
}

/** Where in a run a draw is made. */
export interface DrawPosition {
  readonly epoch: number;
  readonly step: number;
  /** Which of the step's draws. */
  readonly draw: number;
}

/** The random numbers of a draw, and where it stands. */
export function drawContext(
  seed: number,
  purpose: DrawPurpose,
  at: DrawPosition,
): Omit<DrawContext, 'epochs'> & DrawPosition {
  const { epoch, step, draw } = at;
  return {
    ...at,
    stream: (group, attempt) =>
      randomStream(seed, 'draw', purpose, group, epoch, step, attempt, ...(draw === 0 ? [] : [draw])),
    common: (group) => randomStream(seed, 'draws', purpose, group, epoch, step),
  };
}

/** Key of the random numbers of a draw; that of a step's only draw says nothing of its number. */
function keyOf({ epoch, step, draw }: DrawPosition): readonly number[] {
  return draw === 0 ? [epoch, step] : [epoch, step, draw];
}

/** Gives a variable new values. */
export function assign(target: Variable, values: Float32Array): void {
  const next: Tensor = tensor(values, target.shape);
  target.assign(next);
  dispose(next);
}
