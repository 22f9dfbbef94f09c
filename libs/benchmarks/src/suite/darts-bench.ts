import { DARTS_PRIMITIVES, parseSpaceDefinition, type SpaceDefinition } from '@oneshot/nas';
import { known } from '../tabular/known.js';

/** Shape of the network: supernet and target network are of one size. */
export type Variant = 'deep' | 'wide' | 'single-cell';

/**
 * Candidate operations: those of DARTS, those without skip connection, those with an auxiliary skip
 * beside every operation with weights.
 */
export type OperationSet = 'regular' | 'no-skip' | 'all-skip';

/** One benchmark of the DARTS-Bench-Suite. */
export interface DartsBenchmark {
  /** Such as `wide/no-skip`. */
  readonly name: string;
  readonly variant: Variant;
  readonly operationSet: OperationSet;
  readonly space: SpaceDefinition;
  /** The paper's name of it, as in the published tables. */
  readonly publishedAs: string;
}

/** Table 1; a single cell has 8 intermediate nodes, hence 44 edges instead of 14. */
const VARIANTS = {
  deep: { cells: 16, channels: 7, nodes: 4, publishedAs: 'Deep' },
  wide: { cells: 4, channels: 18, nodes: 4, publishedAs: 'Wide' },
  'single-cell': { cells: 1, channels: 26, nodes: 8, publishedAs: 'Single Cell' },
} as const;

/** Section 5. */
const OPERATION_SETS = {
  'all-skip': { primitives: DARTS_PRIMITIVES, auxiliarySkip: true, publishedAs: 'All Skip' },
  'no-skip': {
    primitives: DARTS_PRIMITIVES.filter((op) => op !== 'skip_connect'),
    auxiliarySkip: false,
    publishedAs: 'No Skip',
  },
  regular: { primitives: DARTS_PRIMITIVES, auxiliarySkip: false, publishedAs: 'Regular' },
} as const;

/** The nine benchmarks of the DARTS-Bench-Suite (Jha et al. 2025, section 5 and table 1). */
export const DARTS_BENCH_SUITE: readonly DartsBenchmark[] = (['deep', 'single-cell', 'wide'] as const).flatMap(
  (variant) =>
    (['all-skip', 'no-skip', 'regular'] as const).map((operationSet): DartsBenchmark => {
      const { cells, channels, nodes, publishedAs } = VARIANTS[variant];
      const set = OPERATION_SETS[operationSet];
      return {
        name: `${variant}/${operationSet}`,
        variant,
        operationSet,
        space: parseSpaceDefinition({
          name: 'darts',
          cells,
          channels,
          nodes,
          primitives: set.primitives,
          ...(set.auxiliarySkip ? { auxiliarySkip: true } : {}),
        }),
        publishedAs: `${publishedAs} x ${set.publishedAs}`,
      };
    }),
);

const BY_NAME = new Map(DARTS_BENCH_SUITE.map((benchmark) => [benchmark.name, benchmark]));

/** @throws BenchmarkError `unknown-benchmark` */
export function dartsBenchmark(name: string): DartsBenchmark {
  return known(BY_NAME, name, 'benchmark', 'unknown-benchmark');
}
