import { z } from 'zod';
import { mutationSchema } from '../mutations/mutation.js';
import { regularizerSchema, SELECTOR_NAMES, samplerSchema } from './components.js';

const rate = z.number().positive().max(100);
const fraction = z.number().min(0).lt(1);

/** Defaults in the comments are those of DARTS; each built-in method states its own. */
export const profileSchema = z.strictObject({
  /** What rankings call it. Default: the method's name. */
  name: z.string().min(1).max(80),
  sampler: samplerSchema,
  regularizer: regularizerSchema,
  /** Changes of the supernet. Default none. */
  mutations: z.array(mutationSchema),
  /**
   * Whether every edge has an architecture parameter β of its own: its softmax over the edges that enter a node scales the edge, and
   * counts when the genotype is read (Xu et al. 2020, section 3.3). Default false.
   */
  edgeNormalisation: z.boolean(),
  /** How the genotype is read off. Default: the method's rule for the space. */
  selector: z.enum(SELECTOR_NAMES),
  /** Epochs over the training half. Default 50. 0 only with the selector `random`. */
  epochs: z.int().min(0).max(10_000),
  /** Images per step. Default 64. */
  batch: z.int().min(1).max(65_536),
  /** Whether cells make their activations again in the backward pass: the same numbers, in less memory and more time. Default false. */
  recompute: z.boolean(),
  /** Optimizer of the network's weights: SGD with momentum and a cosine learning rate. */
  weights: z.strictObject({
    /**
     * Cosine over the run, lowered after every `epoch` (the authors' code) or every `step` (better in short runs). Default 0.025 to
     * 0.001, every `epoch`.
     */
    learningRate: z.strictObject({ from: rate, to: z.number().min(0).max(100), every: z.enum(['epoch', 'step']) }),
    /** Default 0.9. */
    momentum: fraction,
    /** Default false. */
    nesterov: z.boolean(),
    /** Default 3e-4. */
    weightDecay: z.number().min(0),
    /** Largest global norm of the gradient. Default 5. */
    clip: z.number().positive(),
  }),
  /** Optimizer of α and β: Adam. */
  architecture: z.strictObject({
    /** Default 3e-4. */
    learningRate: rate,
    /** Default 0.5. */
    beta1: fraction,
    /** Default 0.999. */
    beta2: fraction,
    /** Standard deviation of the normal draw α and β start from. Default 1e-3. */
    initialScale: z.number().min(0),
    /** `first` takes the weights as they are; `second` looks one weight step ahead (Liu et al. 2019, eqs. 7 and 8). Default `first`. */
    order: z.enum(['first', 'second']),
    /** Whether the α step comes before or after the weight step. Default `before_weights`; GDAS `after_weights`. */
    step: z.enum(['before_weights', 'after_weights']),
    /** α and β rest for this many first epochs, fewer than there are. Default 0. */
    frozenEpochs: z.int().min(0),
  }),
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

/** One composition of all components: a method. Every field filled in; plain JSON. */
export type Profile = z.infer<typeof profileSchema>;
