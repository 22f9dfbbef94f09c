import { splitHalf } from '@oneshot/data';
import type { Arithmetic } from '@oneshot/engine';
import {
  createSpace,
  formatGenotype,
  type Genotype,
  genotypeIdentity,
  type PartSpec,
  type Space,
  stops,
} from '@oneshot/nas';
import { continueArithmetic } from '../checkpoint/arithmetic.js';
import { openCheckpoint, saveCheckpoint } from '../checkpoint/resume.js';
import { weightsDigest } from '../digest.js';
import { TrainingError } from '../errors.js';
import { checkDataset, type RunDependencies, trainingImages } from '../loop/dependencies.js';
import { Pace, stopwatch } from '../loop/progress.js';
import { parseSearchSpec, type SearchSpec, searchRunId } from '../spec/search-spec.js';
import { type ArchitecturePrior, priorSampler } from '../stages/prior.js';
import { type StageTwoResult, stageTwo } from '../stages/stage-two.js';
import { taskOf } from '../task/image-classification.js';
import { architectureOf } from './architecture-of.js';
import { type EpochContext, runEpoch } from './epoch.js';
import { type MatrixByGroup, matrixByGroup, type SearchEpoch, type VectorByGroup, vectorByGroup } from './history.js';
import { searchBatches } from './search-batches.js';
import { SearchModel } from './search-model.js';
import { select } from './select.js';

/** What a search is given besides its spec. */
export interface SearchDependencies extends RunDependencies<SearchEpoch> {
  /** The distribution the spec's `prior` names; required with it. */
  readonly prior?: ArchitecturePrior | undefined;
}

export interface SearchResult extends StageTwoResult {
  /** Digest of the canonical spec. */
  readonly runId: string;
  readonly genotype: Genotype;
  readonly genotypeId: string;
  /** The genotype in the field's notation. */
  readonly notation: string;
  readonly history: readonly SearchEpoch[];
  /** Final α. Empty where nothing was trained. */
  readonly alpha: MatrixByGroup;
  /** Final β. Absent without edge normalisation. */
  readonly beta?: VectorByGroup;
  /** Digest of the supernet's weights and running statistics; null where nothing was trained. */
  readonly weightsDigest: string | null;
  /** Mean over the last epoch, on the validation half; null where α did not learn in it. */
  readonly validationLoss: number | null;
  /** Digest of the half/half split; null where nothing was trained. */
  readonly splitDigest: string | null;
  readonly dataDigest: string;
  /**
   * What the epochs were computed with, in order: one, unless a resume accepted another. Empty
   * where nothing was trained.
   */
  readonly arithmetic: readonly Arithmetic[];
  /** Learned parameters of the supernet, α not included; 0 where nothing was trained. */
  readonly parameters: number;
  /** Why the search ended before its last epoch; absent where it did not. */
  readonly stopped?: string;
  /** Wall-clock time of this process. */
  readonly seconds: number;
}

/**
 * Runs a search, from the checkpoint where there is one, to a genotype. Ends bit for bit where an
 * undisturbed run ends: everything random is keyed by seed, purpose, epoch and step. Throws
 * TrainingError (`invalid_spec`, `data_mismatch`, `cancelled`, `diverged`, `checkpoint_…`,
 * `other_arithmetic`, `disk_full`) and NasError `invalid_image`.
 */
export async function runSearch(input: unknown, dependencies: SearchDependencies): Promise<SearchResult> {
  const spec = parseSearchSpec(input);
  const { dataset } = dependencies;
  checkDataset(dataset, spec.data);
  const pace = new Pace(dependencies.stepInterval);
  const { profile, selectors, assess } = spec;
  const nothingToTrain =
    profile.epochs === 0 && profile.finalSelector === undefined && selectors === undefined && assess === undefined;
  return nothingToTrain ? drawnAtOnce(spec, dataset.digest, pace) : trained(spec, dependencies, pace);
}

/** Throws TrainingError `data_mismatch` if the spec asks for a distribution and none is given. */
function priorOf({ prior }: SearchSpec, dependencies: SearchDependencies): ArchitecturePrior | undefined {
  if (prior === undefined) return undefined;
  if (dependencies.prior !== undefined) return dependencies.prior;
  throw new TrainingError('data_mismatch', [
    { path: 'prior', message: `the distribution of ${prior.benchmark} is not given` },
  ]);
}

function drawnAtOnce(spec: SearchSpec, dataDigest: string, pace: Pace): SearchResult {
  const genotype = select(spec, { alpha: new Map() });
  const nothing = {
    history: [],
    alpha: {},
    weightsDigest: null,
    validationLoss: null,
    splitDigest: null,
    arithmetic: [],
    parameters: 0,
  };
  return { ...describe(spec, genotype), ...nothing, dataDigest, seconds: pace.seconds() };
}

async function trained(spec: SearchSpec, dependencies: SearchDependencies, pace: Pace): Promise<SearchResult> {
  const { dataset } = dependencies;
  const { profile, seed } = spec;
  const space = createSpace(spec.space);
  const split = splitHalf(trainingImages(dataset, spec.data), { seed });
  const prior = priorOf(spec, dependencies);
  const sampler = prior === undefined ? undefined : priorSampler(space, prior);
  const { precision = 'float32' } = profile;
  const owner = { kind: 'search', spec: searchRunId(spec), data: dataset.digest, precision } as const;
  const found = await openCheckpoint(dependencies.checkpoints, owner);
  const arithmetic = await continueArithmetic(found?.arithmetic ?? [], precision, dependencies);
  const model = new SearchModel(space, profile, taskOf(dataset), seed, sampler);
  try {
    if (found !== null) model.restore(found.tensors);
    const history = found === null ? [] : [...(found.history as SearchEpoch[])];
    const context: EpochContext = {
      model,
      train: searchBatches(spec, dataset, split, 'train'),
      validation: searchBatches(spec, dataset, split, 'validation'),
      dependencies,
      pace,
      select: (architecture) => formatGenotype(select(spec, architecture)),
    };
    for (let epoch = found?.epoch ?? 0; epoch < profile.epochs; epoch++) {
      const timed = stopwatch();
      if (history.at(-1)?.stop !== undefined) break;
      const record = stopped(space, profile.stop, history, await runEpoch(context, epoch));
      history.push(record);
      await dependencies.onEpoch?.(record, timed());
      const tensors = model.state();
      await saveCheckpoint(dependencies.checkpoints, { ...owner, epoch: epoch + 1, history, arithmetic, tensors });
    }
    const architecture = architectureOf(model);
    const { genotype, ...second } = await stageTwo(spec, model, select(spec, architecture), split, {
      ...dependencies,
      prior,
    });
    const reason = history.at(-1)?.stop;
    return {
      ...describe(spec, genotype),
      ...second,
      history,
      alpha: matrixByGroup(space, architecture.alpha),
      ...(model.beta.length === 0 ? {} : { beta: vectorByGroup(model.betaValues()) }),
      weightsDigest: profile.epochs === 0 ? null : weightsDigest(model.network.state()),
      ...(reason === undefined ? {} : { stopped: reason }),
      validationLoss: history.at(-1)?.validationLoss ?? null,
      splitDigest: split.digest,
      dataDigest: dataset.digest,
      arithmetic,
      parameters: model.network.parameterCount,
      seconds: pace.seconds(),
    };
  } finally {
    model.dispose();
  }
}

/** The record of an epoch, with the reason where a stop makes it the last one. */
function stopped(
  space: Space,
  stop: PartSpec | undefined,
  before: readonly SearchEpoch[],
  record: SearchEpoch,
): SearchEpoch {
  if (stop === undefined) return record;
  const reason = stops
    .of(stop.name)
    .create(stop)
    .reason({ space, epochs: [...before, record] });
  return reason === null ? record : { ...record, stop: reason };
}

function describe(
  spec: SearchSpec,
  genotype: Genotype,
): Pick<SearchResult, 'runId' | 'genotype' | 'genotypeId' | 'notation'> {
  const runId = searchRunId(spec);
  return { runId, genotype, genotypeId: genotypeIdentity(genotype), notation: formatGenotype(genotype) };
}
