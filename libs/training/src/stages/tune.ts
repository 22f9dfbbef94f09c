import type { Batches } from '@oneshot/data';
import { createOptimizer, type Draw, learningRateOf } from '@oneshot/nas';
import { clippedStep } from '../loop/clipped-step.js';
import { breathe, checkLoss } from '../loop/dependencies.js';
import type { SearchModel } from '../search/search-model.js';
import { supernetPass } from '../search/supernet-loss.js';

/** What the learning rate of the search is divided by, as the authors have it. */
const SLOWER = 10;

/**
 * Lets the weights of a supernet that shrinks adapt: epochs over the training half at a tenth of
 * the search's first learning rate, falling as half a cosine over all epochs asked for to that of
 * its last step, with an optimizer of its own (Wang et al. 2021, authors' code).
 */
export class Tuning {
  readonly #model: SearchModel;
  readonly #train: Batches;
  readonly #signal: AbortSignal | undefined;
  readonly #optimizer;
  readonly #learningRate;
  #epoch: number;

  /** @param epochs of all tunings together */
  constructor(model: SearchModel, train: Batches, epochs: number, signal: AbortSignal | undefined) {
    const { weights, epochs: searched } = model.profile;
    this.#model = model;
    this.#train = train;
    this.#signal = signal;
    this.#optimizer = createOptimizer(weights, 'weights', weights.weightDecay);
    const steps = train.stepsPerEpoch;
    const ofSearch = learningRateOf(weights.learningRate, searched, steps);
    const from = weights.learningRate.from / SLOWER;
    const to = Math.min(from, ofSearch(Math.max(0, searched - 1), steps - 1));
    this.#learningRate = learningRateOf({ from, to }, epochs, steps);
    // Batches of epochs that the search has not seen.
    this.#epoch = searched;
  }

  /** Trains under one draw, which does not change. */
  async epochs(count: number, draw: () => Draw): Promise<void> {
    const { network, profile } = this.#model;
    const last = this.#epoch + count;
    for (; this.#epoch < last; this.#epoch++) {
      for (let step = 0; step < this.#train.stepsPerEpoch; step++) {
        await breathe(this.#signal);
        const batch = this.#train.batch(this.#epoch, step);
        const { loss, gradients } = supernetPass(this.#model, batch, draw, network.variables, true);
        checkLoss(loss, this.#epoch, step);
        clippedStep(this.#optimizer, network.variables, gradients, {
          clip: profile.weights.clip,
          learningRate: this.#learningRate(this.#epoch - profile.epochs, step),
        });
      }
    }
  }
}
