import { markdownTable } from '../process/markdown.js';
import type { StepRow } from './rows.js';
import type { SideFigures } from './side.js';

/**
 * A row with the best figures of each side; the peer's are absent where only ours were measured.
 */
export interface MeasuredRow {
  readonly row: StepRow;
  readonly own: SideFigures;
  readonly nchw?: SideFigures;
  readonly nhwc?: SideFigures;
}

/**
 * The table: seconds and peak memory of each side, and by how much ours is faster and smaller than
 * the better of the peer's.
 */
export function stepTable(rows: readonly MeasuredRow[]): string {
  const header = ['step', 'ours', 'NCHW', 'NHWC', 'faster', 'ours', 'NCHW', 'NHWC', 'smaller'];
  const units = ['', 's', 's', 's', '', 'MiB', 'MiB', 'MiB', ''];
  const named = header.map((name, column) => [name, units[column]].filter((part) => part).join(', '));
  return markdownTable(
    named,
    rows.map(({ row, own, nchw, nhwc }) => {
      const seconds = [own, nchw, nhwc].map((side) => side?.step_s_min);
      const memory = [own, nchw, nhwc].map((side) => side?.peak_memory_mib);
      const time = (value: number | undefined) => value?.toFixed(2) ?? '';
      const size = (value: number | undefined) => (value === undefined ? '' : String(Math.round(value)));
      return [row.label, ...seconds.map(time), ratio(seconds), ...memory.map(size), ratio(memory)];
    }),
  );
}

/** The better of the peer's figures over ours. */
function ratio([own, ...others]: readonly (number | undefined)[]): string {
  const measured = others.filter((value) => value !== undefined);
  return own === undefined || measured.length === 0 ? '' : `${(Math.min(...measured) / own).toFixed(1)}×`;
}

/** Where both sides train different numbers of weights: what the table's reader must know. */
export function weightNotes(rows: readonly MeasuredRow[]): string[] {
  return rows.flatMap(({ row, own, nchw }) =>
    nchw === undefined || nchw.weight_params === own.weight_params
      ? []
      : [`${row.label}: ${own.weight_params} weights here, ${nchw.weight_params} in the peer.`],
  );
}
