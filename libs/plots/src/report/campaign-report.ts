import type { LabelledGraph } from '../graphs/labelled-graph.js';

/** One line of the setting: what was held fixed, in words a reader can check. */
export interface SettingRow {
  /** Such as "data set". */
  readonly label: string;
  /** Such as "fashion-mnist-sample, sha256 1f0c…". */
  readonly value: string;
}

/** One method's place; rows are given best first. */
export interface RankingRow {
  readonly method: string;
  /** Average over benchmarks of the rank of the method's mean score; 1 is best. */
  readonly averageRank: number;
  /** Mean of its scores, a fraction. */
  readonly mean: number;
  /** Sample standard deviation of its scores, a fraction; 0 for a single score. */
  readonly standardDeviation: number;
  /** How many scores. */
  readonly count: number;
  /** Best single score, a fraction. */
  readonly best: number;
}

/** One figure of a run over its epochs. */
export interface ReportCurve {
  /** Which part of the run, such as "search" or "retrain". */
  readonly phase: string;
  /**
   * What is measured, such as "train_loss" or "validation_accuracy". Figures whose name ends in
   * "accuracy" are fractions, drawn as per cent.
   */
  readonly metric: string;
  /** `[epoch, value]`, epochs ascending. */
  readonly points: readonly (readonly [epoch: number, value: number])[];
}

/** How the weights of one choice's options moved while searching. */
export interface ChoiceTrajectory {
  /** Such as "normal 0→1". */
  readonly name: string;
  /** Option names, one column of `weights` each. */
  readonly options: readonly string[];
  /** `weights[i][option]`: the weight of an option after `epochs[i]`. */
  readonly weights: readonly (readonly number[])[];
  /** Epochs, ascending; as long as `weights`. */
  readonly epochs: readonly number[];
}

/** A file that lies beside the report. */
export interface ReportLink {
  readonly label: string;
  /** Relative path from the report, or a data link. */
  readonly href: string;
}

/** One method on one benchmark under one seed. */
export interface ReportRun {
  readonly method: string;
  readonly benchmark: string;
  readonly seed: number;
  readonly state: 'succeeded' | 'failed' | 'cancelled';
  /** Why it failed. */
  readonly error?: string;
  /** The score the ranking reads, a fraction. */
  readonly score?: number;
  /** Trainable parameters of the retrained network. */
  readonly parameters?: number;
  readonly searchSeconds?: number;
  readonly trainSeconds?: number;
  /** Median time of one prediction, in milliseconds. */
  readonly latencyMedianMs?: number;
  /** Size of the exported model, in bytes. */
  readonly modelBytes?: number;
  /** The genotype in the field's notation. */
  readonly genotype?: string;
  /** Digest of the final weights. */
  readonly weightsDigest?: string;
  readonly model?: ReportLink;
  readonly curves: readonly ReportCurve[];
  readonly choices: readonly ChoiceTrajectory[];
  /** The found cells. */
  readonly cells: readonly LabelledGraph[];
}

/**
 * Everything a campaign's report shows. The page is a pure function of this: no clock, no machine.
 */
export interface CampaignReport {
  readonly name: string;
  /** One paragraph. */
  readonly description?: string;
  /** What the scores are, such as "test accuracy". */
  readonly scoreName: string;
  readonly setting: readonly SettingRow[];
  readonly ranking: readonly RankingRow[];
  readonly runs: readonly ReportRun[];
  /** The method that searches nothing; the notes say which methods do not beat it. */
  readonly controlMethod?: string;
  /** Further remarks; the page adds its own on how few seeds and benchmarks there are. */
  readonly notes: readonly string[];
  readonly reproduce: {
    /** Shell commands, in order. */
    readonly commands: readonly string[];
    /** The campaign as a file, YAML or JSON. */
    readonly campaign: string;
  };
}
