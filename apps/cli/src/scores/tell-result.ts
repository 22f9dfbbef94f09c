import type { Conclusions, DocumentFormat, TableInput, TableTask } from '@oneshot/evaluation';
import { inFolder } from '../files/output-file.js';
import { writeFiles } from '../files/write-files.js';
import type { ServiceOptions } from '../input/common-options.js';
import { type OverwriteOptions, overwriteRules } from '../input/overwrite-options.js';
import { createOutput } from '../output/output.js';
import { wrap } from '../output/wrap.js';
import { readFileOf, readJsonFile, withTableWork } from './table-work.js';

/** Options of commands that make documents of scores. */
export interface DocumentOptions extends ServiceOptions, OverwriteOptions {
  readonly format?: DocumentFormat;
  /** Folder for all files. */
  readonly out?: string;
}

/** A result as its JSON document has it. */
export type Told<Result> = Result & { readonly conclusions: Conclusions; readonly leftOut: readonly string[] };

interface Telling<Result> {
  /** Files and other names that the command reads. */
  readonly inputs: readonly (string | undefined)[];
  /** What programs know the result by. */
  readonly type: string;
  /** Names of its documents among the files of the task. */
  readonly documents: Readonly<Record<DocumentFormat, string>>;
  /** @param files how many were written */
  readonly text: (told: Told<Result>, files: number) => string;
}

/**
 * Has a task done, writes its files where a folder was named, and prints a document or what the
 * result tells.
 */
export async function tellResult<Result extends object>(
  task: TableTask,
  tables: readonly TableInput[],
  options: DocumentOptions,
  { inputs, type, documents, text }: Telling<Result>,
): Promise<void> {
  const output = createOutput(options.json === true);
  await withTableWork(task, tables, options, async (files) => {
    const rules = overwriteRules(options, inputs);
    const written = options.out === undefined ? [] : await writeFiles(inFolder(options.out, files), rules, output);
    if (options.format !== undefined && !output.json) {
      process.stdout.write(await readFileOf(files, documents[options.format]));
      return;
    }
    const told = await readJsonFile<Told<Result>>(files, documents.json);
    if (told.leftOut.length > 0) output.remark(`Left out, as not every input has them: ${told.leftOut.join(', ')}.`);
    output.result(() => text(told, written.length), { type, ...told, files: written });
  });
}

/** Sentences under each other, on lines that can be read. */
export function sentenceLines(sentences: readonly string[]): readonly string[] {
  return sentences.flatMap((sentence) => wrap(sentence, 100, '  - ', '    '));
}
