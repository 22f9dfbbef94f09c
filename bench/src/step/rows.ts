import type { SpaceInput } from '@oneshot/nas';

/** One row of the table of steps: the same network and batch on both sides. */
export interface StepRow {
  readonly name: string;
  readonly label: string;
  readonly space: Exclude<SpaceInput, string>;
  /** A method whose search step is measured, or the weight step of retraining DARTS_V2. */
  readonly method: string;
  /** Images per batch. */
  readonly batch: number;
  /** What the peer calls the space and the method. */
  readonly peer: { readonly space: string; readonly method: string };
}

const darts = { name: 'darts', cells: 8, channels: 16, nodes: 4 } as const;
const wide = { name: 'darts', cells: 4, channels: 18, nodes: 4 } as const;
const deep = { name: 'darts', cells: 16, channels: 7, nodes: 4 } as const;
const single = { name: 'darts', cells: 1, channels: 26, nodes: 8 } as const;
const nb201 = { name: 'nasbench201', cells: 5, channels: 16 } as const;

/**
 * Supernets of DARTS, of three spaces of DARTS-Bench-Suite and of NAS-Bench-201, on 32×32 images
 * and 10 classes.
 */
export const STEP_ROWS: readonly StepRow[] = [
  search('darts', 'DARTS, 8 cells, C=16', darts, 'darts', 'darts', 'darts'),
  search('wide', 'DARTS-Bench wide (4 cells, C=18)', wide, 'darts', 'wide', 'darts'),
  search('deep', 'DARTS-Bench deep (16 cells, C=7)', deep, 'darts', 'deep', 'darts'),
  search('single-cell', 'DARTS-Bench single-cell (1 cell, C=26, 8 nodes)', single, 'darts', 'single', 'darts'),
  search('gdas', 'GDAS, 8 cells, C=16', darts, 'gdas', 'darts', 'gdas'),
  search('pcdarts', 'PC-DARTS (K=4), 8 cells, C=16', darts, 'pcdarts', 'darts', 'pcdarts'),
  search('drnas', 'DrNAS (K=4), 8 cells, C=16', darts, 'drnas_partial', 'darts', 'drnas'),
  search('nasbench201', 'NAS-Bench-201, DARTS', nb201, 'darts', 'nb201', 'darts'),
  retraining('retrain-wide', 'retraining, wide, batch 128', wide, 'wide'),
  retraining('retrain-deep', 'retraining, deep, batch 128', deep, 'deep'),
];

function search(
  name: string,
  label: string,
  space: StepRow['space'],
  method: string,
  peerSpace: string,
  peerMethod: string,
): StepRow {
  return { name, label, space, method, batch: 64, peer: { space: peerSpace, method: peerMethod } };
}

function retraining(name: string, label: string, space: StepRow['space'], peerSpace: string): StepRow {
  return { name, label, space, method: 'retrain', batch: 128, peer: { space: peerSpace, method: 'retrain' } };
}

/** The row of that name; throws a RangeError with the known names. */
export function stepRow(name: string): StepRow {
  const row = STEP_ROWS.find((candidate) => candidate.name === name);
  if (row === undefined) throw new RangeError(`found "${name}"; allowed: ${rowNames()}`);
  return row;
}

export function rowNames(): string {
  return STEP_ROWS.map(({ name }) => name).join(', ');
}
