import { InputError, runTableTask, type TableInput, type TableTask } from '@oneshot/evaluation';
import type { ServiceOptions } from '../input/common-options.js';
import { version } from '../version.js';
import { inputFailure } from './read-input.js';

/** A file of a result; its bytes are fetched when they are asked for. */
export interface ResultFile {
  readonly name: string;
  read(): Promise<Buffer>;
}

/**
 * Makes the files of a task in this process, or by the evaluator whose address was given, and hands
 * them to `use`.
 */
export async function withTableWork<Result>(
  task: TableTask,
  tables: readonly TableInput[],
  options: ServiceOptions,
  use: (files: readonly ResultFile[]) => Promise<Result>,
): Promise<Result> {
  if (options.evaluator !== undefined) {
    const { runRemotely } = await import('./remote-work.js');
    return runRemotely(task, tables, options, use);
  }
  const files: ResultFile[] = [];
  try {
    for await (const { name, bytes } of runTableTask(
      task,
      tables,
      `oneshot ${version()}, Node ${process.versions.node}`,
    )) {
      files.push({ name, read: async () => bytes });
    }
  } catch (error) {
    throw error instanceof InputError ? inputFailure(error) : error;
  }
  return use(files);
}

/** A file of a result that holds JSON, such as `report.json`. */
export async function readJsonFile<Value>(files: readonly ResultFile[], name: string): Promise<Value> {
  // Made by the code that declares the type, here or in the service.
  return JSON.parse((await readFileOf(files, name)).toString('utf8')) as Value;
}

export async function readFileOf(files: readonly ResultFile[], name: string): Promise<Buffer> {
  const file = files.find((each) => each.name === name);
  if (file === undefined) throw new Error(`The result has no file ${name}.`);
  return file.read();
}
