import type { FigureFormat, Theme } from '@oneshot/plots';
import type { AnalysisOptions } from '../analysis/analyse.js';
import type { ReadScoresOptions } from '../input/read-scores.js';
import type { PlotKind } from '../plot/plot-kinds.js';

/** A table with the name that reports and faults call it by. */
export interface TableInput {
  readonly name: string;
  /**
   * `scores`, or any-time `curves` that go with a comparison. A figure's table is `scores` whatever
   * it holds.
   */
  readonly role: 'scores' | 'curves';
  /** Text in UTF-8, piece by piece, read once; pieces may end anywhere. */
  readonly chunks: Iterable<Uint8Array>;
}

/** How tables of scores are read; plain JSON. */
export type ReadingOptions = Omit<ReadScoresOptions, 'onLeftOut'>;

interface ScoreTask {
  readonly reading: ReadingOptions;
  readonly analysis: AnalysisOptions;
  /** `data`: documents and tables only; `all`: the page and every figure too. */
  readonly files: 'data' | 'all';
}

/** What can be made of tables; plain JSON. */
export type TableTask =
  | ({ readonly kind: 'rank' } & ScoreTask)
  | ({
      readonly kind: 'compare';
      /** Only these. Default: all. */
      readonly methods?: readonly string[];
      /** A method all others are compared with. */
      readonly control?: string;
    } & ScoreTask)
  | {
      readonly kind: 'plot';
      readonly plot: PlotKind;
      readonly reading: ReadingOptions;
      readonly analysis: AnalysisOptions;
      readonly title?: string;
      readonly xLabel?: string;
      readonly yLabel?: string;
      readonly xScale: 'linear' | 'log';
      readonly format: FigureFormat;
      readonly theme: Theme;
    };
