import { kendall, mean, midranks } from '@oneshot/stats';
import type { IdentificationQuality } from './identification.js';
import { BASELINES, type Baseline, combinedScore, type Reliance, relianceOf, type StageRanks } from './reliance.js';
import type { LevelPoint, SamplingQuality } from './sampling-quality.js';

/** One selection from one trained supernet. */
export interface TwoStageRecord {
  /** A stage-1 trainer, or one of the baselines. */
  readonly trainer: string;
  readonly selector: string;
  readonly seed: number;
  /** True accuracy of what was selected; any unit, the same everywhere. */
  readonly accuracy: number;
  /** Absent of supernets without a distribution over single edges. */
  readonly sampling?: SamplingQuality;
  readonly identification?: IdentificationQuality;
}

/** A stage-1 trainer, means over its seeds. */
export interface TrainerQuality
  extends Readonly<Record<'superiority' | 'expectedAccuracy' | 'samplingTopTenth', number | null>> {
  readonly trainer: string;
  readonly seeds: number;
  /** Of identifying top architectures with shared weights. */
  readonly identificationTopTenth: number | null;
  readonly tau: number | null;
  readonly samplingCurve: readonly LevelPoint[];
  readonly identificationCurve: readonly LevelPoint[];
}

/** A stage-2 selector on the baselines. */
export interface SelectorQuality {
  readonly selector: string;
  /** Mean true accuracy of its selections on each baseline that was run. */
  readonly baselines: Readonly<Partial<Record<Baseline, number>>>;
  /** Null unless NU, RU and RI were run. */
  readonly reliance: Reliance | null;
}

/** A trainer with a selector. */
export interface Combination {
  readonly trainer: string;
  readonly selector: string;
  /** Mean over seeds. */
  readonly accuracy: number;
  readonly accuracies: readonly number[];
  /** The paper's combined score, smaller is better; null where a part of it is missing. */
  readonly score: number | null;
}

export interface TwoStageSummary {
  readonly trainers: readonly TrainerQuality[];
  readonly selectors: readonly SelectorQuality[];
  /** Best score first; those without one last. */
  readonly combinations: readonly Combination[];
  /**
   * Kendall's τ-b of scores (smaller is better) and accuracies over the combinations; null below
   * three combinations or where all of one are equal.
   */
  readonly agreement: number | null;
}

/**
 * Evaluates both stages separately and together. Trainers are ranked by how much better than
 * uniform they draw (rα1) and by τ of their shared weights (rβ1); selectors by reliance on the
 * distribution (rα2) and on the weights (rβ2). The paper calls the selectors' ranks once those of
 * the performance on the baselines and once those of its differences; here they are those of the
 * differences.
 */
export function summariseTwoStage(records: readonly TwoStageRecord[]): TwoStageSummary {
  const isBaseline = (name: string) => BASELINES.some((baseline) => baseline === name);
  const trainers = distinct(records.map(({ trainer }) => trainer)).filter((name) => !isBaseline(name));
  const selectors = distinct(records.map(({ selector }) => selector));
  const trainerRows = trainers.map((trainer) => trainerQuality(trainer, records));
  const selectorRows = selectors.map((selector) => selectorQuality(selector, records));
  const trainerRanks = ranksOf(
    trainerRows.map(({ superiority, tau }) => ({ distribution: superiority, weights: tau })),
  );
  const selectorRanks = ranksOf(selectorRows.map(({ reliance }) => reliance ?? { distribution: null, weights: null }));
  const combinations = trainers.flatMap((trainer, first) =>
    selectors.flatMap((selector, second): Combination[] => {
      const own = records.filter((record) => record.trainer === trainer && record.selector === selector);
      if (own.length === 0) return [];
      const accuracies = own.map(({ accuracy }) => accuracy);
      const [one, two] = [trainerRanks[first], selectorRanks[second]];
      const score = one && two ? combinedScore(one, two) : null;
      return [{ trainer, selector, accuracy: mean(accuracies), accuracies, score }];
    }),
  );
  combinations.sort((a, b) => (a.score ?? Number.POSITIVE_INFINITY) - (b.score ?? Number.POSITIVE_INFINITY));
  return { trainers: trainerRows, selectors: selectorRows, combinations, agreement: agreementOf(combinations) };
}

function trainerQuality(trainer: string, records: readonly TwoStageRecord[]): TrainerQuality {
  // Selectors share the supernet of a seed, so its first record says it all.
  const own = records.filter((record) => record.trainer === trainer);
  const seeds = distinct(own.map(({ seed }) => seed)).flatMap(
    (seed) => own.find((record) => record.seed === seed) ?? [],
  );
  const sampling = seeds.flatMap((record) => record.sampling ?? []);
  const identification = seeds.flatMap((record) => record.identification ?? []);
  return {
    trainer,
    seeds: seeds.length,
    superiority: meanOf(sampling.map((quality) => quality.superiority)),
    expectedAccuracy: meanOf(sampling.map((quality) => quality.expectedAccuracy)),
    samplingTopTenth: meanOf(sampling.map((quality) => quality.topTenth)),
    identificationTopTenth: meanOf(identification.map((quality) => quality.topTenth)),
    tau: meanOf(identification.flatMap(({ tau }) => tau ?? [])),
    samplingCurve: meanCurve(sampling.map(({ curve }) => curve)),
    identificationCurve: meanCurve(identification.map(({ curve }) => curve)),
  };
}

function selectorQuality(selector: string, records: readonly TwoStageRecord[]): SelectorQuality {
  const accuracyOn = (baseline: Baseline) =>
    meanOf(
      records
        .filter((record) => record.trainer === baseline && record.selector === selector)
        .map(({ accuracy }) => accuracy),
    );
  const found = BASELINES.flatMap((baseline) => {
    const accuracy = accuracyOn(baseline);
    return accuracy === null ? [] : [[baseline, accuracy] as const];
  });
  const baselines: Partial<Record<Baseline, number>> = Object.fromEntries(found);
  const { NU, RU, RI } = baselines;
  const complete = NU !== undefined && RU !== undefined && RI !== undefined;
  return { selector, baselines, reliance: complete ? relianceOf({ NU, RU, RI }) : null };
}

/** Ranks by either side, largest first, ties averaged; undefined for whoever lacks a number. */
function ranksOf(
  rows: readonly Readonly<Record<keyof StageRanks, number | null>>[],
): readonly (StageRanks | undefined)[] {
  const complete = rows.flatMap((row, index) =>
    row.distribution === null || row.weights === null
      ? []
      : [{ index, distribution: row.distribution, weights: row.weights }],
  );
  const ranks: (StageRanks | undefined)[] = rows.map(() => undefined);
  if (complete.length === 0) return ranks;
  const distribution = midranks(
    complete.map((row) => row.distribution),
    'largest-first',
  );
  const weights = midranks(
    complete.map((row) => row.weights),
    'largest-first',
  );
  complete.forEach(({ index }, position) => {
    ranks[index] = { distribution: distribution[position] ?? 0, weights: weights[position] ?? 0 };
  });
  return ranks;
}

function agreementOf(combinations: readonly Combination[]): number | null {
  const scored = combinations.flatMap(({ score, accuracy }) =>
    score === null ? [] : [{ goodness: -score, accuracy }],
  );
  const differs = (values: readonly number[]) => new Set(values).size > 1;
  const goodness = scored.map((each) => each.goodness);
  const accuracies = scored.map(({ accuracy }) => accuracy);
  if (scored.length < 3 || !differs(goodness) || !differs(accuracies)) return null;
  return kendall(goodness, accuracies).tau;
}

/** Mean of curves over the same levels; empty without curves. */
function meanCurve(curves: readonly (readonly LevelPoint[])[]): readonly LevelPoint[] {
  const [first = []] = curves;
  return first.map(({ share, accuracy }, position) => ({
    share,
    accuracy,
    value: mean(curves.map((curve) => curve[position]?.value ?? Number.NaN)),
  }));
}

function meanOf(values: readonly number[]): number | null {
  return values.length === 0 ? null : mean(values);
}

function distinct<T>(values: readonly T[]): T[] {
  return [...new Set(values)];
}
