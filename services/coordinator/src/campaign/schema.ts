import { tabularQuestion } from '@oneshot/benchmarks';
import { stageTwoSelector } from '@oneshot/training';
import { z } from 'zod';
import { twoStageSchema } from './two-stage-schema.js';

/** Names appear in tables and file names. */
const name = z
  .string()
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/,
    'allowed: 1 to 64 letters, digits, ".", "_" or "-", the first a letter or digit',
  );

const settings = z.record(z.string(), z.unknown());

function distinct<Item>(
  key: (item: Item) => string | number,
): (items: readonly Item[], context: z.RefinementCtx) => void {
  return (items, context) => {
    const first = new Map<string | number, number>();
    items.forEach((item, index) => {
      const value = key(item);
      const earlier = first.get(value);
      if (earlier === undefined) first.set(value, index);
      else
        context.addIssue({
          code: 'custom',
          path: [index],
          message: `${JSON.stringify(value)} is given already at [${earlier}]; each may be given once`,
          input: item,
        });
    });
  };
}

/** A method: the name of a built-in profile, or a name of your own with a profile. */
const method = z.preprocess(
  (value) => (typeof value === 'string' ? { name: value, profile: value } : value),
  z.strictObject({
    name,
    /** The name of a built-in profile, or a profile written out. */
    profile: z.union([z.string(), settings], { error: 'allowed: the name of a profile, or a profile' }),
  }),
);

const retraining = settings;

const data = z.preprocess(
  (value) => (typeof value === 'string' ? { name: value } : value),
  z.looseObject({
    name: z.string({ error: 'allowed: the name of a data set' }).min(1),
    /** Digest of what the data set holds; written when the campaign is accepted. */
    digest: z.string().optional(),
  }),
);

const benchmark = z.strictObject({
  name,
  /** A space by name, or with options: `{ name: darts, cells: 8 }`. */
  space: z.union([z.string(), settings], { error: 'allowed: the name of a space, or a space with its options' }),
  /** A data set by name, or `{ name, trainImages }` for the first images of its training part. */
  data,
  /**
   * Settings of the search whatever the method, such as `epochs` and `batch`, or `fit: true` for
   * such that fit the data. Default: each method's own.
   */
  search: settings.default({}),
  /** Size of the retrained network, such as `{ cells, channels }`. Default: the size searched. */
  network: settings.default({}),
  /** Replaces the campaign's `retrain` on this benchmark. */
  retrain: z.array(retraining).min(1).max(100).optional(),
  /**
   * Searches on one random half of the training images, and retrains on the other. Default: both
   * use all of them.
   */
  disjoint: z.literal(true, { error: 'allowed: true, or leave it out' }).optional(),
});

/** A tabular benchmark: by name, or with the metric that methods are ranked by. */
const tabular = z.preprocess((value) => (typeof value === 'string' ? { benchmark: value } : value), tabularQuestion);

/**
 * A campaign as users write it, in YAML or JSON. Every combination of method, selector, benchmark
 * and seed is one member.
 */
export const campaignSchema = z.strictObject({
  name,
  /** One paragraph for the report. */
  description: z.string().max(2000).optional(),
  methods: z
    .array(method)
    .min(1)
    .max(100)
    .superRefine(distinct((item) => item.name)),
  benchmarks: z
    .array(benchmark)
    .min(1)
    .max(100)
    .superRefine(distinct((item) => item.name)),
  seeds: z
    .array(
      z
        .int()
        .min(0)
        .max(2 ** 31 - 1),
    )
    .min(1)
    .max(1000)
    .superRefine(distinct((seed) => seed)),
  /**
   * How genotypes are read off the trained supernets, each method's search being followed by every
   * selector: a name, such as `magnitude`, the method's own rule, or the name with options, such as
   * `{ name: validity, candidates, images }`. Methods are then named `METHOD+SELECTOR`. Default:
   * each method's own rule.
   */
  selectors: z
    .array(stageTwoSelector)
    .min(1)
    .superRefine(distinct((selector) => selector.name))
    .optional(),
  /**
   * What is measured on each trained supernet for the separate evaluation of its two stages. Needs
   * `evaluate.tabular`. Default: nothing.
   */
  twoStage: twoStageSchema.optional(),
  /**
   * Which seeds' genotypes are retrained: `every` one, or per method and benchmark the one whose
   * search ended with the `lowest_validation_loss` (of methods without such a loss the first
   * seed's). Default `every`.
   */
  retrained: z.enum(['every', 'lowest_validation_loss']).optional(),
  /**
   * Hyperparameters of the retraining; several sets retrain each genotype several times. A set's
   * `seed` replaces the member's. Default: one set of defaults.
   */
  retrain: z.array(retraining).min(1).max(100).default([{}]),
  evaluate: z
    .strictObject({
      /** Which part of the data set is scored. Default `test`. */
      split: z.enum(['train', 'test']).default('test'),
      /** Images per call of onnxruntime. Default 250. */
      batch: z.int().min(1).max(10_000).default(250),
      /**
       * Asks a tabular benchmark for the known accuracy of each genotype, instead of retraining it.
       * Its files lie in a data directory.
       */
      tabular: tabular.optional(),
    })
    .prefault({}),
});

/** A campaign with every default filled in; plain JSON. */
export type Campaign = z.infer<typeof campaignSchema>;
export type CampaignMethod = Campaign['methods'][number];
export type CampaignBenchmark = Campaign['benchmarks'][number];
