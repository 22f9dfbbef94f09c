import { extname } from 'node:path';
import { namedAxes, type PlotKind, type TableInput } from '@oneshot/evaluation';
import { type FigureFormat, figureFormats, renderFigure } from '@oneshot/plots';
import { badInput } from '../failure.js';
import { bytesFile } from '../files/output-file.js';
import { writeFiles } from '../files/write-files.js';
import type { ServiceOptions } from '../input/common-options.js';
import { documentFile } from '../input/name-or-document.js';
import { type OverwriteOptions, overwriteRules } from '../input/overwrite-options.js';
import type { ScoreOptions } from '../input/score-options.js';
import { createOutput } from '../output/output.js';
import { cellFigure } from '../scores/cell-figure.js';
import { fileChunks, isCampaignId, readScoreInput, scoreTask, tableName } from '../scores/read-input.js';
import { isRegistryQuery } from '../scores/registry-query.js';
import { searchCurves, type TimeUnit } from '../scores/search-curves.js';
import { type ResultFile, withTableWork } from '../scores/table-work.js';

export interface PlotActionOptions extends ScoreOptions, ServiceOptions, OverwriteOptions {
  readonly out: string;
  readonly title?: string;
  readonly xLabel?: string;
  readonly yLabel?: string;
  readonly xScale: 'linear' | 'log';
  readonly theme: 'light' | 'dark';
  readonly time: TimeUnit;
}

/** Kinds that are drawn of scores. */
const ofScores: readonly PlotKind[] = ['critical-difference', 'win-rate', 'kendall', 'boxes'];

/** What `oneshot plot` does. */
export async function plot(kind: PlotKind | 'cell', input: string, options: PlotActionOptions): Promise<void> {
  const output = createOutput(options.json === true);
  const format = formatOf(options.out);
  refuseUnnamedAxes(kind, options);
  const rules = overwriteRules(options, [kind === 'cell' ? documentFile(input) : input]);
  const write = (files: readonly ResultFile[]) => {
    const pathOf = (name: string) => (name === `figure.${format}` ? options.out : dataFileOf(options.out));
    return writeFiles(
      files.map(({ name, read }) => bytesFile(pathOf(name), read)),
      rules,
      output,
    );
  };
  const files = await (kind === 'cell'
    ? cell(input, format, options, write)
    : drawn(kind, input, format, options, write));
  output.result(() => files.join('\n'), { type: 'figure', kind, files });
}

type Write = (files: readonly ResultFile[]) => Promise<string[]>;

/** Genotypes are no tables: their cells are always drawn here. */
async function cell(
  input: string,
  format: FigureFormat,
  { theme, title }: PlotActionOptions,
  write: Write,
): Promise<string[]> {
  const figure = cellFigure(input, title);
  const formats = format === 'csv' ? ([format] as const) : ([format, 'csv'] as const);
  return write(formats.map((each) => ({ name: `figure.${each}`, read: () => renderFigure(figure, each, { theme }) })));
}

async function drawn(plot: PlotKind, input: string, format: FigureFormat, options: PlotActionOptions, write: Write) {
  const { title, xLabel, yLabel, xScale, theme } = options;
  const look = {
    ...{ xScale, theme, format },
    ...(title === undefined ? {} : { title }),
    ...(xLabel === undefined ? {} : { xLabel }),
    ...(yLabel === undefined ? {} : { yLabel }),
  };
  if (options.without !== undefined && !ofScores.includes(plot)) {
    throw badInput(`--without leaves out methods or benchmarks of scores, as for ${ofScores.join(', ')}.`);
  }
  const table = await readTable(plot, input, options);
  return withTableWork({ kind: 'plot', plot, ...scoreTask(options), ...look }, [table], options, write);
}

/**
 * Scores come from wherever they can be ranked; any-time curves also from the searches of a
 * campaign or of the registry; the rest from files.
 */
async function readTable(plot: PlotKind, input: string, options: PlotActionOptions): Promise<TableInput> {
  if (ofScores.includes(plot)) return readScoreInput(input, options);
  if (plot === 'any-time' && (isRegistryQuery(input) || isCampaignId(input))) {
    return searchCurves(input, options.time, options);
  }
  return { name: tableName(input), role: 'scores', chunks: fileChunks(input) };
}

/**
 * The file for the data of a figure: named after the whole figure, so that `scores.csv` drawn as
 * `scores.svg` is not meant.
 */
function dataFileOf(figure: string): string {
  return `${figure}.csv`;
}

/** A name for an axis that a figure has not is refused rather than lost. */
function refuseUnnamedAxes(kind: PlotKind | 'cell', { xLabel, yLabel }: PlotActionOptions): void {
  const axes = kind === 'cell' ? { x: false, y: false } : namedAxes(kind);
  const lost = [
    ...(xLabel === undefined || axes.x ? [] : [`--x-label: a figure of kind ${kind} has no x axis with a name.`]),
    ...(yLabel === undefined || axes.y ? [] : [`--y-label: a figure of kind ${kind} has no y axis with a name.`]),
  ];
  if (lost.length > 0) throw badInput(lost.join('\n'));
}

function formatOf(file: string): FigureFormat {
  const ending = extname(file).slice(1).toLowerCase();
  const format = figureFormats.find((each) => each === ending);
  if (format !== undefined) return format;
  const endings = figureFormats.map((each) => `.${each}`).join(', ');
  throw badInput(`--out: found ${file}, allowed: a name that ends in ${endings}.`);
}
