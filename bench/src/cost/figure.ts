import { type Figure, figureGrid, lineChart } from '@oneshot/plots';
import type { StepRow } from '../step/rows.js';
import type { SideFigures } from '../step/side.js';

/** A measured point: what was varied, to which value, whether activations were made again. */
export interface CostPoint {
  readonly varied: 'batch' | 'channels';
  readonly value: number;
  readonly recompute: boolean;
  readonly figures: SideFigures;
}

/** Seconds and memory against the batch, and against the channels. */
export function costFigure(row: StepRow, points: readonly CostPoint[]): Figure {
  const panel = (varied: CostPoint['varied'], unit: string, of: (figures: SideFigures) => number) => {
    const shown = points.filter((point) => point.varied === varied);
    return lineChart({
      title: `${unit} against ${varied}`,
      xName: varied === 'batch' ? 'images per batch' : 'channels of the first cell',
      xScale: 'log',
      // From 0, so that heights compare as costs do.
      yDomain: [0, Math.max(...shown.map(({ figures }) => of(figures)))],
      width: 480,
      height: 260,
      legend: true,
      series: [false, true].map((recompute, colour) => ({
        name: recompute ? 'activations made again' : 'activations kept',
        colour,
        points: shown
          .filter((point) => point.recompute === recompute)
          .map(({ value, figures }) => [value, of(figures)] as const),
      })),
    });
  };
  const seconds = ({ step_s_min: best }: SideFigures) => best;
  const memory = ({ peak_memory_mib: mebibytes }: SideFigures) => mebibytes / 1024;
  const panels = [
    panel('batch', 'seconds per step', seconds),
    panel('batch', 'peak memory in GiB', memory),
    panel('channels', 'seconds per step', seconds),
    panel('channels', 'peak memory in GiB', memory),
  ];
  return figureGrid(`What a step costs: ${row.label}`, panels, { columns: 2 });
}
