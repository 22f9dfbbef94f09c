import type { Batch } from '@oneshot/data';
import { add, dispose, mul, type Optimizer, randomStream, valueAndGradients } from '@oneshot/engine';
import {
  type BatchStatistics,
  createOptimizer,
  createSpace,
  derivedNetwork,
  Network,
  type NetworkDescription,
} from '@oneshot/nas';
import { prefixed, withPrefix } from '../checkpoint/prefix.js';
import { clippedStep } from '../loop/clipped-step.js';
import type { TrainingSpec } from '../spec/training-spec.js';
import type { Task } from '../task/task.js';
import { dropPathMix } from './drop-path.js';
import { networkOptions } from './network-options.js';

/** Position of a step in the run. */
export interface TrainingPosition {
  readonly epoch: number;
  readonly step: number;
  readonly learningRate: number;
  /** Probability of dropping a path. */
  readonly dropPath: number;
}

export interface TrainingStepResult {
  /** Main loss plus weighted auxiliary loss. */
  readonly loss: number;
  readonly accuracy: number;
  /** Before clipping. */
  readonly gradientNorm: number;
}

/** A genotype's network in retraining, with its optimizer. */
export class TrainingModel {
  readonly network: Network;
  /**
   * The network without drop path and auxiliary head: what is evaluated and exported. Weights lie
   * in the same places.
   */
  readonly plain: NetworkDescription;
  readonly task: Task;
  readonly #optimizer: Optimizer;
  readonly #spec: TrainingSpec;

  constructor(spec: TrainingSpec, task: Task) {
    this.#spec = spec;
    this.task = task;
    const space = createSpace(spec.space);
    const { plain, trained } = networkOptions(spec, task.target);
    this.plain = derivedNetwork(space, spec.genotype, plain);
    this.network = new Network(derivedNetwork(space, spec.genotype, trained), { seed: spec.seed });
    this.#optimizer = createOptimizer(spec.weights, 'weights', spec.weights.weightDecay);
  }

  /** One step of the optimizer on one batch. */
  step(batch: Batch, { epoch, step, learningRate, dropPath }: TrainingPosition): TrainingStepResult {
    const { network, task } = this;
    const { seed, labelSmoothing, auxiliary, weights, recompute, precision = 'float32' } = this.#spec;
    const examples = task.layOut(batch);
    const seen: { statistics: readonly BatchStatistics[] } = { statistics: [] };
    const { loss, gradients, aux } = valueAndGradients(() => {
      const mix = dropPathMix(network.description, batch.count, dropPath, seed, epoch, step);
      const stream = (place: string) => randomStream(seed, 'operation', 'training', place, epoch, step);
      const result = network.forward(examples.input, { mode: 'train', mix, recompute, precision, stream });
      const main = task.loss(result.logits, examples, { labelSmoothing });
      const total =
        result.auxiliaryLogits === null
          ? main
          : add(main, mul(task.loss(result.auxiliaryLogits, examples, { labelSmoothing }), auxiliary));
      seen.statistics = result.statistics;
      return { loss: total, logits: result.logits, values: result.statistics.map(({ values }) => values) };
    }, network.variables);
    network.updateRunning(seen.statistics, batch.count);
    const gradientNorm = clippedStep(this.#optimizer, network.variables, gradients, {
      clip: weights.clip,
      learningRate,
    });
    const accuracy = task.right(aux.logits, examples) / batch.count;
    dispose(examples.input, examples.wanted, aux.logits, ...aux.values);
    return { loss, accuracy, gradientNorm };
  }

  /** Everything, as named arrays. */
  state(): Record<string, Float32Array> {
    return { ...withPrefix('network', this.network.state()), ...withPrefix('optimizer', this.#optimizer.state()) };
  }

  /** Takes a state over. Throws NasError `invalid_state`. */
  restore(state: Readonly<Record<string, Float32Array>>): void {
    this.network.restore(prefixed('network', state));
    this.#optimizer.restore(prefixed('optimizer', state));
  }

  /** The weights and running statistics of `plain`, without the auxiliary head's. */
  exported(): Record<string, Float32Array> {
    const all = Object.entries(this.network.state());
    return Object.fromEntries(all.filter(([name]) => !name.startsWith('auxiliary.')));
  }

  dispose(): void {
    this.network.dispose();
  }
}
