import '../architects/all.gen.js';
import '../mutations/all.gen.js';
import '../perturbations/all.gen.js';
import '../regularizers/all.gen.js';
import '../samplers/all.gen.js';
import '../selectors/all.gen.js';
import '../stops/all.gen.js';
import { z } from 'zod';
import { architects } from '../architects/registry.js';
import { mutations } from '../mutations/registry.js';
import { optimizerSchema, weightsSchema } from '../optimizers/optimizer.js';
import { definedParts } from '../parts/parts.js';
import type { ArchitectureSpec, Profile } from '../parts/profile.js';
import { perturbations } from '../perturbations/registry.js';
import { regularizers } from '../regularizers/registry.js';
import { samplers } from '../samplers/registry.js';
import { learningRateOrNumberSchema } from '../schedules/learning-rate.js';
import { finalSelectorSchema } from '../selectors/final-selectors.js';
import { selectors } from '../selectors/registry.js';
import { stops } from '../stops/registry.js';
import { PRECISIONS } from './precision.js';

let made: { readonly parts: number; readonly schema: z.ZodObject } | null = null;

/** The schema of a profile: a union over the parts that there are. */
export function profileSchema(): z.ZodObject {
  if (made?.parts !== definedParts()) made = { parts: definedParts(), schema: makeSchema() };
  return made.schema;
}

/** Reads a profile that says everything. */
export function parseWholeProfile(value: unknown): z.ZodSafeParseResult<Profile> {
  return profileSchema().safeParse(value) as unknown as z.ZodSafeParseResult<Profile>;
}

/** Defaults in the comments are those of DARTS; each built-in method states its own. */
function makeSchema() {
  return z.strictObject({
    /** What rankings call it. Default: the method's name. */
    name: z.string().min(1).max(80),
    sampler: samplers.schema(),
    regularizer: regularizers.schema(),
    /** Changes of the supernet. Default none. */
    mutations: z.array(mutations.schema()),
    /**
     * Whether every edge has an architecture parameter β of its own: its softmax over the edges
     * that enter a node scales the edge, and counts when the genotype is read (Xu et al. 2020,
     * section 3.3). Default false.
     */
    edgeNormalisation: z.boolean(),
    /**
     * Sub-networks that each step draws. All see the same two batches; the gradients of α and β are
     * averaged, those of the weights summed (Wang et al. 2023, eqs. 11 and 12). Default 1, or as
     * many as the sampler's own rule says.
     */
    draws: z.int().min(1).max(1000).optional(),
    /**
     * What moves the architecture weights while the network's weights learn (Chen and Hsieh 2020).
     * Default none.
     */
    perturbation: perturbations.schema().optional(),
    /** What ends the search before its last epoch. Default nothing. */
    stop: stops.schema().optional(),
    /** How the genotype is read off. Default: the method's rule for the space. */
    selector: selectors.nameSchema(),
    /**
     * What reads the run's architecture off the trained supernet in the end, where that takes
     * running it: `{ name: evolution, generations: 20 }`. Until then `selector` says what α stands
     * for. Default: `selector`.
     */
    finalSelector: finalSelectorSchema().optional(),
    /** Epochs over the training half. Default 50. 0 only with a selector that does not read α. */
    epochs: z.int().min(0).max(10_000),
    /** Images per step. Default 64. */
    batch: z.int().min(1).max(65_536),
    /**
     * Whether cells make their activations again in the backward pass: the same numbers, in less
     * memory and more time. Default false.
     */
    recompute: z.boolean(),
    /**
     * What cells keep their activations in, and what their dense products take. `bf16` halves what
     * is kept, to other numbers; needs a space whose networks have cells. Default `float32`.
     */
    precision: z.enum(PRECISIONS).exactOptional(),
    /**
     * Optimizer of the network's weights. Default SGD, momentum 0.9, weight decay 3e-4, gradients
     * clipped to a norm of 5, learning rate a cosine from 0.025 to 0.001, lowered after every
     * epoch.
     */
    weights: weightsSchema(),
    architecture: architectureSchema(),
    /** Augmentation of both halves while searching, as in the authors' code. */
    augment: z.strictObject({
      /** Pixels of padding before a random crop. Default 4. */
      crop: z.int().min(0).max(64),
      /** Random horizontal flip. Default true. */
      flip: z.boolean(),
      /** Side of the square set to zero; 0 for none. Default 0. */
      cutout: z.int().min(0).max(1024),
    }),
  });
}

/** Optimizer of α and β. Default Adam with β₁ 0.5 and β₂ 0.999. */
function architectureSchema(): z.ZodType<ArchitectureSpec> {
  return optimizerSchema('architecture', () => ({
    /** A number, or a schedule as that of the weights. Default 3e-4. */
    learningRate: learningRateOrNumberSchema(),
    /** Standard deviation of the normal draw α and β start from. Default 1e-3. */
    initialScale: z.number().min(0),
    /**
     * `first` takes the weights as they are; `second` looks one weight step ahead (Liu et al. 2019,
     * eqs. 7 and 8); `single_level` learns in the weight step itself, from the same images (Xie et
     * al. 2019). Default `first`.
     */
    order: architects.nameSchema(),
    /**
     * Whether the α step comes before or after the weight step. Default `before_weights`; GDAS
     * `after_weights`.
     */
    step: z.enum(['before_weights', 'after_weights']),
    /** α and β rest for this many first epochs, fewer than there are. Default 0. */
    frozenEpochs: z.int().min(0),
  })) as z.ZodType<ArchitectureSpec>;
}
