import {
  colourBar,
  colourScaleOf,
  type Figure,
  figureGrid,
  heatMap,
  legend,
  lineChart,
  seriesNumbers,
} from '@oneshot/plots';
import { grouped } from '../grouped.js';
import type { NamedRow } from '../input/named-table.js';
import { axisNames, type FigureOptions } from './figure-options.js';

/** One choice: the weight of each option over the epochs. */
interface ChoiceWeights {
  readonly name: string;
  readonly options: readonly string[];
  readonly epochs: readonly number[];
  readonly weight: (epoch: number, option: string) => number;
}

/** A heat map per choice: options over epochs, all on one scale. */
export function drawAlphaHeatMap(
  rows: readonly NamedRow[],
  { title = 'Architecture weights over epochs', xLabel, yLabel }: FigureOptions,
): Figure {
  const scale = colourScaleOf([0, ...rows.map((row) => row.number('weight') ?? 0)]);
  const format = (value: number) => value.toFixed(3);
  const panels = choicesOf(rows).map(({ name, options, epochs, weight }) =>
    heatMap({
      title: name,
      scale,
      format,
      valueName: null,
      columnKind: 'steps',
      columns: epochs.map((epoch) => `epoch ${epoch}`),
      rows: options.map((option) => ({ name: option, values: epochs.map((epoch) => weight(epoch, option)) })),
      ...axisNames(xLabel, yLabel),
    }),
  );
  return figureGrid(title, panels, { foot: colourBar({ scale, format, valueName: 'weight', light: false }) });
}

/** A chart of lines per choice: the weight of each option over the epochs. */
export function drawAlphaTrajectories(
  rows: readonly NamedRow[],
  { title = 'Architecture weights over epochs', xLabel = 'epoch', yLabel }: FigureOptions,
): Figure {
  const choices = choicesOf(rows);
  const colours = seriesNumbers(choices.flatMap(({ options }) => options));
  const weights = rows.map((row) => row.number('weight') ?? 0);
  const range = [Math.min(...weights), Math.max(...weights)] as const;
  const panels = choices.map(({ name, options: own, epochs, weight }) =>
    lineChart({
      title: name,
      xName: xLabel,
      ...(yLabel === undefined ? {} : { yName: yLabel }),
      width: 320,
      yDomain: range,
      series: own.map((option) => ({
        name: option,
        colour: colours.get(option) ?? 0,
        points: epochs.map((epoch) => [epoch, weight(epoch, option)] as const),
      })),
    }),
  );
  const entries = [...colours].map(([name, colour]) => ({ name, colour }));
  return figureGrid(title, panels, { foot: legend(entries, 960) });
}

/**
 * After each epoch, the share of choices whose strongest option is each operation; ties count for
 * the first.
 */
export function drawOperations(
  rows: readonly NamedRow[],
  { title = 'Strongest operation, share of choices by epoch', xLabel, yLabel }: FigureOptions,
): Figure {
  const choices = choicesOf(rows);
  const operations = [...new Set(choices.flatMap(({ options }) => options))];
  const epochs = [...new Set(choices.flatMap((choice) => choice.epochs))].sort((a, b) => a - b);
  const shares = epochs.map((epoch) => {
    const strongest = choices.map(({ options, weight }) =>
      options.reduce((best, option) => (weight(epoch, option) > weight(epoch, best) ? option : best), options[0] ?? ''),
    );
    return new Map(
      operations.map((operation) => [
        operation,
        strongest.filter((name) => name === operation).length / strongest.length,
      ]),
    );
  });
  return heatMap({
    title,
    scale: { kind: 'sequential', low: 0, high: 1 },
    valueName: 'share of choices',
    format: (value) => value.toFixed(2),
    columnKind: 'steps',
    columns: epochs.map((epoch) => `epoch ${epoch}`),
    rows: operations.map((name) => ({ name, values: shares.map((share) => share.get(name) ?? 0) })),
    ...axisNames(xLabel, yLabel),
    width: 560,
  });
}

function choicesOf(rows: readonly NamedRow[]): ChoiceWeights[] {
  return grouped(rows, (row) => row.text('choice') ?? '').map(([name, own]) => {
    const weights = new Map(
      own.map((row) => [`${row.number('epoch')} ${row.text('option')}`, row.number('weight') ?? Number.NaN]),
    );
    return {
      name,
      options: [...new Set(own.map((row) => row.text('option') ?? ''))],
      epochs: [...new Set(own.map((row) => row.number('epoch') ?? 0))].sort((a, b) => a - b),
      weight: (epoch, option) => weights.get(`${epoch} ${option}`) ?? Number.NaN,
    };
  });
}
