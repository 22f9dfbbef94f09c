import { renderFigure } from '@oneshot/plots';
import { analyseScores } from '../analysis/analyse.js';
import { combineScores, selectMethods } from '../compare/combine.js';
import { compareMethods } from '../compare/compare-methods.js';
import { comparisonFiles } from '../compare/comparison-files.js';
import { InputError } from '../input/input-error.js';
import { type ReadScoresOptions, readScores } from '../input/read-scores.js';
import { plotTable } from '../plot/plot-kinds.js';
import { rankingFiles } from '../report/ranking-files.js';
import type { ReportFile } from '../report/report-file.js';
import { reportSource } from './report-source.js';
import type { TableInput, TableTask } from './table-task.js';
import { withDigest } from './with-digest.js';

/**
 * Makes the files of a task, one after the other. The same task and tables give the same bytes.
 *
 * @param software what makes them, for the report, such as `oneshot 0.1.0, Node 20.19.0`
 * @throws InputError with every fault, each with the table it is in
 */
export async function* runTableTask(
  task: TableTask,
  tables: readonly TableInput[],
  software: string,
): AsyncIterable<ReportFile> {
  const scores = tables.filter(({ role }) => role === 'scores');
  const [table] = scores;
  if (table === undefined) {
    throw new InputError([{ field: 'tables', found: 'none with scores', allowed: 'at least one' }]);
  }
  if (task.kind === 'plot' && scores.length > 1) {
    throw new InputError([{ field: 'tables', found: `${scores.length}`, allowed: 'one' }]);
  }
  switch (task.kind) {
    case 'rank': {
      const digested = scores.map(withDigest);
      const combined = combineScores(readAll(digested, task.reading));
      const source = reportSource(task, digested, combined, software);
      yield* rankingFiles(analyseScores(combined.set, task.analysis), source, task.files);
      return;
    }
    case 'compare': {
      const { set, leftOut } = combineScores(readAll(scores, task.reading));
      const chosen = task.methods === undefined ? set : selectMethods(set, task.methods);
      const comparison = compareMethods(chosen, {
        ...task.analysis,
        ...(task.control === undefined ? {} : { control: task.control }),
      });
      const curves = tables.find(({ role }) => role === 'curves');
      const anyTime =
        curves === undefined
          ? undefined
          : within(curves, () => plotTable('any-time', curves.chunks, { methods: chosen.methods }));
      yield* comparisonFiles(comparison, { leftOut, anyTime, control: task.control, files: task.files });
      return;
    }
    case 'plot': {
      const { kind: _, plot, reading, analysis, format, theme, ...look } = task;
      const options = { ...analysis, ...look };
      const figure = leavingOut(reading, (read) =>
        within(table, () => plotTable(plot, table.chunks, { ...read, ...options })),
      );
      yield { name: `figure.${format}`, bytes: await renderFigure(figure, format, { theme }) };
      if (format !== 'csv') yield { name: 'figure.csv', bytes: await renderFigure(figure, 'csv') };
      return;
    }
  }
}

function readAll(tables: readonly TableInput[], reading: ReadScoresOptions) {
  return leavingOut(reading, (read) =>
    tables.map((table) => ({ name: table.name, set: within(table, () => readScores(table.chunks, read)) })),
  );
}

/** @throws InputError with every name to be left out that nothing in the tables has */
function leavingOut<Result>(reading: ReadScoresOptions, work: (reading: ReadScoresOptions) => Result): Result {
  const unknown = new Set(reading.without);
  const result = work({ ...reading, onLeftOut: (name) => void unknown.delete(name) });
  if (unknown.size === 0) return result;
  const allowed = 'a method or benchmark of the tables';
  throw new InputError([...unknown].map((name) => ({ field: 'without', found: JSON.stringify(name), allowed })));
}

/** Faults of a table, with its name. */
function within<Result>({ name }: TableInput, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    throw new InputError(error.faults.map((fault) => ({ ...fault, table: name })));
  }
}
