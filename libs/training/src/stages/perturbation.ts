import { dispose, randomStream, read, tidy } from '@oneshot/engine';
import { type Choice, choicesByNode, type Genotype, genotypeOf, mixOf, type Selection } from '@oneshot/nas';
import { z } from 'zod';
import { breathe } from '../loop/dependencies.js';
import type { MeasuredExamples } from './inherited-accuracy.js';
import { defineStageSelector, type StageContext } from './stage-selectors.js';
import { Tuning } from './tune.js';

defineStageSelector({
  name: 'perturbation',
  summary: 'decides choice by choice for the option without which the supernet is worst, and tunes its weights between',
  source: 'Wang et al. 2021 (DARTS-PT), algorithm 1, and the authors’ code',
  options: {
    /** Epochs over the training half after each decision. Default 5, of the authors' 5 and 10. */
    tune: z.int().min(0).max(1000).default(5),
    /** What is compared on the validation half. Default accuracy. */
    criterion: z.enum(['accuracy', 'loss']).default('accuracy'),
    /** Images of the validation half, rounded up to whole batches. Default: all of them. */
    images: z.int().min(1).optional(),
  },
  select: (context, { tune, criterion, images: most }) =>
    context.withImages(most, async (images) => {
      const { network } = context.model;
      const learned = network.state();
      try {
        return { genotype: await discretised(context, images, tune, criterion) };
      } finally {
        // Whatever comes next reads the supernet that the search has trained.
        network.restore(learned);
      }
    }),
});

/** Decides every choice, in random order, then which edges stay where nodes keep two. */
async function discretised(
  context: StageContext,
  images: MeasuredExamples,
  tune: number,
  criterion: 'accuracy' | 'loss',
): Promise<Genotype> {
  const { model, seed, signal } = context;
  const { space } = model;
  const nodes = space.topology?.kept === 2 ? choicesByNode(space).filter((entering) => entering.length > 2) : [];
  const decisions = space.choices.length + nodes.length;
  const tuning = tune === 0 ? null : new Tuning(model, context.train(), tune * Math.max(1, decisions - 1), signal);
  const shrinking = new Shrinking(context, images, criterion);
  const inOrder = <T>(items: readonly T[], purpose: string): readonly T[] => {
    const order = randomStream(seed, 'perturbation selection', purpose).permutation(items.length);
    return [...order].map((at) => items[at]).filter((item) => item !== undefined);
  };
  let left = decisions;
  const decided = async (): Promise<void> => {
    if (--left > 0) await tuning?.epochs(tune, () => shrinking.draw());
  };
  for (const choice of inOrder(space.choices, 'choices')) {
    await shrinking.decide(choice);
    await decided();
  }
  for (const entering of inOrder(nodes, 'nodes')) {
    await shrinking.keepTwo(entering);
    await decided();
  }
  return genotypeOf(space, shrinking.selection);
}

/**
 * A supernet with fewer and fewer options. What is decided has weight 1, the rest what it learned.
 */
class Shrinking {
  readonly #context: StageContext;
  readonly #images: MeasuredExamples;
  readonly #criterion: 'accuracy' | 'loss';
  readonly #weights: ReadonlyMap<string, Float32Array>;
  readonly #selection: Map<string, readonly string[]>;

  constructor(context: StageContext, images: MeasuredExamples, criterion: 'accuracy' | 'loss') {
    this.#context = context;
    this.#images = images;
    this.#criterion = criterion;
    const { model } = context;
    this.#weights = model.expectedWeights();
    this.#selection = new Map(model.space.choices.map(({ id, options }) => [id, options]));
  }

  get selection(): Selection {
    return this.#selection;
  }

  draw() {
    return this.#context.model.givenDraw(this.#weights, this.#selection);
  }

  /**
   * Keeps the options of a choice that are missed most; `none` only where it is an option to keep.
   */
  async decide(choice: Choice): Promise<void> {
    const { id, options, keeps = 1 } = choice;
    const mayBeNone = this.#context.model.space.topology?.kept !== 2;
    const candidates = options.filter((option) => mayBeNone || option !== 'none');
    const without: { readonly option: string; readonly worth: number }[] = [];
    for (const option of candidates.length > keeps ? candidates : []) {
      const rest = options.filter((other) => other !== option);
      without.push({ option, worth: await this.#worth(id, rest) });
    }
    const missed = without.sort((a, b) => a.worth - b.worth).slice(0, keeps);
    const kept = without.length === 0 ? candidates : missed.map(({ option }) => option);
    this.#keep(
      choice,
      options.filter((option) => kept.includes(option)),
    );
  }

  /** Takes edges of a node away, each time the one that is missed least, until two are left. */
  async keepTwo(entering: readonly Choice[]): Promise<void> {
    for (let edges = [...entering]; edges.length > 2; ) {
      let least = { index: 0, worth: Number.NEGATIVE_INFINITY };
      for (const [index, { id }] of edges.entries()) {
        const worth = await this.#worth(id, []);
        if (worth > least.worth) least = { index, worth };
      }
      const [gone] = edges.splice(least.index, 1);
      if (gone !== undefined) this.#selection.set(gone.id, []);
    }
  }

  #keep({ id, group, row, options }: Choice, kept: readonly string[]): void {
    this.#selection.set(id, kept);
    const values = this.#weights.get(group);
    options.forEach((option, index) => {
      if (values !== undefined) values[row * options.length + index] = kept.includes(option) ? 1 : 0;
    });
  }

  /** How good the supernet is where one choice has these options only; higher is better. */
  async #worth(choice: string, options: readonly string[]): Promise<number> {
    const { model, signal } = this.#context;
    const { network, task } = model;
    const active = new Map(this.#selection).set(choice, options);
    const path = model.supernet.path(active, false);
    let right = 0;
    let loss = 0;
    for (const batch of this.#images.batches) {
      await breathe(signal);
      const draw = model.givenDraw(this.#weights, active);
      const logits = tidy(() => network.forward(batch.input, { mode: 'train', mix: mixOf(draw), path }).logits);
      right += task.right(logits, batch);
      loss += tidy(() => read(task.loss(logits, batch))[0] ?? 0) * batch.count;
      dispose(logits, ...draw.weights.values());
    }
    return (this.#criterion === 'accuracy' ? right : -loss) / this.#images.count;
  }
}
