import type { FaultList } from './fault-list.js';
import type { Cell } from './passing-row.js';

/** Names of columns, as given by a user. */
export interface ScoreColumns {
  readonly method?: string;
  readonly benchmark?: string;
  readonly seed?: string;
  readonly value?: string;
}

/**
 * Position of the column that was asked for by name, or else of the first that has one of the usual
 * names.
 *
 * @returns `undefined`, with a fault told if the column was asked for, when there is none
 */
export function findColumn(
  header: readonly Cell[],
  asked: string | undefined,
  usual: readonly string[],
  faults: FaultList,
): number | undefined {
  if (asked === undefined) {
    const at = usual
      .map((name) => header.findIndex(({ text }) => text.toLowerCase() === name))
      .find((index) => index >= 0);
    return at;
  }
  const at = header.findIndex(({ text }) => text === asked);
  if (at >= 0) return at;
  const allowed = `a column of the file: ${header.map(({ text }) => text).join(', ')}`;
  faults.add({ line: 1, column: 1, field: 'header', found: `no column ${JSON.stringify(asked)}`, allowed });
  return undefined;
}

/** Names that columns usually have, in lower case. */
export const usualNames = {
  method: [
    ...['method', 'methods', 'algorithm', 'algorithms', 'algo', 'algos', 'optimizer', 'optimizers', 'optimiser'],
    ...['optimisers', 'approach', 'approaches', 'strategy', 'searcher'],
  ],
  benchmark: ['benchmark', 'dataset', 'data set', 'data_set', 'task', 'problem'],
  seed: ['seed', 'run', 'repetition', 'trial'],
  value: [
    'value',
    'score',
    'accuracy',
    'test accuracy',
    'test_accuracy',
    'acc',
    'test acc',
    'test_acc',
    'error',
    'loss',
  ],
} as const;
