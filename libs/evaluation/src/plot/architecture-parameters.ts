import { type Figure, figureGrid, heatMap, lineChart } from '@oneshot/plots';
import { grouped } from '../grouped.js';
import type { NamedRow } from '../input/named-table.js';
import type { FigureOptions } from './figure-options.js';

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
  { title = 'Architecture weights over epochs' }: FigureOptions,
): Figure {
  const maximum = Math.max(...rows.map((row) => row.number('weight') ?? 0), Number.MIN_VALUE);
  const panels = choicesOf(rows).map(({ name, options, epochs, weight }) =>
    heatMap({
      title: name,
      maximum,
      columns: epochs.map((epoch) => `epoch ${epoch}`),
      rows: options.map((option) => ({ name: option, values: epochs.map((epoch) => weight(epoch, option)) })),
    }),
  );
  return figureGrid(title, panels);
}

/** A chart of lines per choice: the weight of each option over the epochs. */
export function drawAlphaTrajectories(
  rows: readonly NamedRow[],
  { title = 'Architecture weights over epochs' }: FigureOptions,
): Figure {
  const choices = choicesOf(rows);
  const options = [...new Set(choices.flatMap((choice) => choice.options))];
  const panels = choices.map(({ name, options: own, epochs, weight }) =>
    lineChart({
      title: name,
      xName: 'epoch',
      legend: true,
      width: 320,
      series: own.map((option) => ({
        name: option,
        colour: options.indexOf(option),
        points: epochs.map((epoch) => [epoch, weight(epoch, option)] as const),
      })),
    }),
  );
  return figureGrid(title, panels);
}

/** After each epoch, the share of choices whose strongest option is each operation; ties count for the first. */
export function drawOperations(
  rows: readonly NamedRow[],
  { title = 'Strongest operation, share of choices by epoch' }: FigureOptions,
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
  return heatMap(
    {
      title,
      maximum: 1,
      columns: epochs.map((epoch) => `epoch ${epoch}`),
      rows: operations.map((name) => ({ name, values: shares.map((share) => share.get(name) ?? 0) })),
    },
    560,
  );
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
