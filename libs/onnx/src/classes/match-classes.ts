import { OnnxError } from '../error.js';
import { duplicateNames, quoted, sameForm } from './class-names.js';

/** Which output of a model stands for which class of a data set. */
export interface ClassMatch {
  /** `position`: the model's outputs have no names, and there are as many as classes. */
  readonly by: 'name' | 'position';
  /** By label of the data. */
  readonly classes: readonly NamedOutput[];
  /** Classes of the model that the data does not have, in the order of the outputs. */
  readonly others: readonly NamedOutput[];
}

export interface NamedOutput {
  readonly name: string;
  readonly output: number;
}

export interface ModelClasses {
  /** What errors call the model. */
  readonly field: string;
  readonly outputs: number;
  /** Names of the outputs as the file tells them; undefined: it does not. */
  readonly own: readonly string[] | undefined;
  /** Names of the outputs as given with the evaluation, which count before the file's. */
  readonly given: readonly string[] | undefined;
}

/** Names shown of a model with more. */
const mostShown = 40;

/**
 * Matches the classes of a data set, by label, with the outputs of a model: by name, letters with
 * accents compared in one Unicode form. Throws OnnxError with every class at fault:
 * `invalid_class_names` for names that fit no output or several, `unknown_class` for classes that
 * the model does not know, `wrong_class_count` for outputs without names that are more or fewer
 * than the classes.
 */
export function matchClasses(data: readonly string[], model: ModelClasses): ClassMatch {
  refuseDuplicates(data, 'classes of the data');
  const names = outputNames(model);
  if (names === undefined) return byPosition(data, model);
  const outputs = new Map(names.map((name, output) => [sameForm(name), output]));
  const classes: NamedOutput[] = [];
  const unknown: string[] = [];
  for (const name of data) {
    const output = outputs.get(sameForm(name));
    if (output === undefined) unknown.push(name);
    else classes.push({ name, output });
  }
  if (unknown.length > 0) throw unknownClasses(unknown, names, model);
  const answered = new Set(classes.map(({ output }) => output));
  const others = names.map((name, output) => ({ name, output })).filter(({ output }) => !answered.has(output));
  return { by: 'name', classes, others };
}

function outputNames({ given, own, outputs, field }: ModelClasses): readonly string[] | undefined {
  if (given !== undefined) {
    refuseDuplicates(given, 'classes');
    if (given.length !== outputs) {
      throw new OnnxError('invalid_class_names', 'classes', `${given.length} names`, `${outputs}, one per output`);
    }
    return given;
  }
  if (own !== undefined && own.length !== outputs) {
    throw new OnnxError(
      'invalid_class_names',
      `oneshot.classes of ${field}`,
      `${own.length} names`,
      `${outputs}, one per output; --classes names the outputs instead`,
    );
  }
  return own;
}

function byPosition(data: readonly string[], { outputs, field }: ModelClasses): ClassMatch {
  if (data.length === outputs)
    return { by: 'position', classes: data.map((name, output) => ({ name, output })), others: [] };
  throw new OnnxError(
    'wrong_class_count',
    field,
    `${outputs} outputs without names`,
    `${data.length}, as many as the data has classes (${quoted(data, mostShown)}); or name the outputs in their order with --classes`,
  );
}

function unknownClasses(unknown: readonly string[], names: readonly string[], model: ModelClasses): OnnxError {
  const likes = new Map(names.map((name) => [roughForm(name), name]));
  const found = unknown.map((name) => {
    const like = likes.get(roughForm(name));
    return `${JSON.stringify(name)}${like === undefined ? '' : ` (the model has ${JSON.stringify(like)})`}`;
  });
  const allowed =
    model.given === undefined
      ? "the model's classes, in the order of its outputs; where the data calls them otherwise, give the data's names in this order: --classes"
      : 'the names given, in the order of the outputs';
  return new OnnxError(
    'unknown_class',
    'classes of the data',
    `${found.join(', ')}, which the model does not know`,
    `${quoted(names, mostShown)}: ${allowed}`,
  );
}

/**
 * What names have in common that a person would take for one: without case, spaces, hyphens and the
 * like.
 */
function roughForm(name: string): string {
  return name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '');
}

function refuseDuplicates(names: readonly string[], field: string): void {
  const twice = duplicateNames(names);
  if (twice.length === 0) return;
  throw new OnnxError('invalid_class_names', field, `${quoted(twice)} more than once`, 'different names');
}
