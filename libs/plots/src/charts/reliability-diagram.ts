import type { Figure } from '../figure/figure.js';
import { lineChart } from './line-chart.js';

/** Images whose confidence lies within one range; fractions. */
export interface ReliabilityBin {
  readonly images: number;
  readonly confidence: number;
  readonly accuracy: number;
}

/**
 * Accuracy against confidence by bins (DeGroot and Fienberg 1983): below the diagonal a model is
 * too sure of itself.
 */
export function reliabilityDiagram(title: string, bins: readonly ReliabilityBin[]): Figure {
  return lineChart({
    title,
    width: 420,
    height: 340,
    xName: 'confidence',
    yDomain: [0, 1],
    percent: true,
    legend: true,
    series: [
      {
        name: 'perfectly calibrated',
        colour: 6,
        points: [
          [0, 0],
          [1, 1],
        ],
      },
      { name: 'accuracy', colour: 0, points: bins.map(({ confidence, accuracy }) => [confidence, accuracy] as const) },
    ],
  });
}
