import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, extname } from 'node:path';
import { type PlotKind, plotKinds, plotTable } from '@oneshot/evaluation';
import { type Figure, type FigureFormat, figureFormats, renderFigure } from '@oneshot/plots';
import { badInput } from '../failure.js';
import type { ServiceOptions } from '../input/common-options.js';
import type { ScoreOptions } from '../input/score-options.js';
import { createOutput } from '../output/output.js';
import { cellFigure } from '../scores/cell-figure.js';
import { readingOptions, readTableText, refusing } from '../scores/read-input.js';

export interface PlotActionOptions extends ScoreOptions, ServiceOptions {
  readonly out: string;
  readonly title?: string;
  readonly xScale: 'linear' | 'log';
  readonly theme: 'light' | 'dark';
}

/** What `oneshot plot` does. */
export async function plot(kind: string, input: string, options: PlotActionOptions): Promise<void> {
  const output = createOutput(options.json === true);
  const format = formatOf(options.out);
  const figure = drawn(kind, input, options);
  const bytes = await renderFigure(figure, format, { theme: options.theme });
  const beside =
    format === 'csv'
      ? []
      : [
          {
            file: `${options.out.slice(0, -extname(options.out).length)}.csv`,
            bytes: await renderFigure(figure, 'csv'),
          },
        ];
  const files = [{ file: options.out, bytes }, ...beside];
  await mkdir(dirname(options.out), { recursive: true });
  for (const each of files) await writeFile(each.file, each.bytes);
  const names = files.map(({ file }) => file);
  output.result(() => names.join('\n'), { type: 'figure', kind, title: figure.title, files: names });
}

function formatOf(file: string): FigureFormat {
  const ending = extname(file).slice(1).toLowerCase();
  const format = figureFormats.find((each) => each === ending);
  if (format !== undefined) return format;
  throw badInput(
    `--out: found ${file}, allowed: a name that ends in ${figureFormats.map((each) => `.${each}`).join(', ')}.`,
  );
}

function drawn(kind: string, input: string, options: PlotActionOptions): Figure {
  if (kind === 'cell') return cellFigure(input);
  const known: PlotKind | undefined = plotKinds.find((each) => each === kind);
  if (known === undefined)
    throw badInput(`"${kind}" is no kind of figure; allowed: ${[...plotKinds, 'cell'].join(', ')}.`);
  const { title, xScale, alpha, test } = options;
  const text = readTableText(input);
  return refusing(input, () =>
    plotTable(known, text, {
      ...readingOptions(options),
      xScale,
      alpha,
      postHoc: test,
      ...(title === undefined ? {} : { title }),
    }),
  );
}
