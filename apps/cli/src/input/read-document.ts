import { readFileSync } from 'node:fs';
import { type Document, isCollection, isNode, LineCounter, parseDocument } from 'yaml';
import { badInput, type Fault } from '../failure.js';

/** A file a user wrote, in YAML or JSON, that knows where each of its fields stands. */
export interface InputDocument {
  readonly file: string;
  readonly value: Readonly<Record<string, unknown>>;
  /** `line:column` of a field given as `methods[2].name`, or of the nearest field around it. */
  positionOf(path: string): string;
}

const largestFile = 1024 * 1024;

/**
 * Reads a document from a file; `-` is standard input.
 *
 * @throws Failure (bad input) that names every fault with line and column: bad syntax, a key given
 * twice, no mapping at the top; also for aliases that make it far larger than it is written, or
 * without end, and for lists within lists past what the stack holds.
 */
export function readDocument(file: string): InputDocument {
  const text = readText(file);
  if (text.length > largestFile)
    throw badInput(`${file}: found ${text.length} characters, allowed: at most ${largestFile}.`);
  const lines = new LineCounter();
  const document = bounded(file, () =>
    parseDocument(text, { lineCounter: lines, uniqueKeys: true, prettyErrors: false }),
  );
  const at = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return `${line}:${col}`;
  };
  const faults = document.errors.map((error): Fault => {
    return { path: `${file}:${at(error.pos[0])}`, found: '', allowed: '', message: lowerFirst(error.message) };
  });
  if (faults.length > 0) throw badInput(`${file} cannot be read.`, faults);
  const value = bounded(file, (): unknown => writtenOut(file, document));
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    const found =
      value === null || value === undefined ? 'nothing' : Array.isArray(value) ? 'a list' : `${typeof value}`;
    throw badInput(`${file} cannot be read.`, [
      { path: `${file}:1:1`, found, allowed: 'a mapping of fields, such as "name: my-campaign"', message: '' },
    ]);
  }
  return { file, value: value as Record<string, unknown>, positionOf: (path) => at(offsetOf(document, path)) };
}

/** The value with its aliases followed; `toJS` itself bounds how often they multiply each other. */
function writtenOut(file: string, document: Document): unknown {
  const value: unknown = document.toJS();
  const size = JSON.stringify(value)?.length ?? 0;
  if (size <= largestFile) return value;
  const found = `${size} characters with its aliases (*name) written out`;
  throw badInput(`${file}: found ${found}, allowed: at most ${largestFile}.`);
}

function bounded<Result>(file: string, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    if (error instanceof ReferenceError) throw badInput(`${file}: found aliases (*name) that multiply without bounds.`);
    if (error instanceof TypeError) throw badInput(`${file}: found an alias (*name) within what it stands for.`);
    if (error instanceof RangeError) throw badInput(`${file}: found lists or mappings nested too deeply.`);
    throw error;
  }
}

function readText(file: string): string {
  try {
    return readFileSync(file === '-' ? 0 : file, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT') throw badInput(`${file}: there is no such file.`);
    if (code === 'EISDIR') throw badInput(`${file}: found a folder, allowed: a YAML or JSON file.`);
    throw error;
  }
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

function offsetOf(document: Document, path: string): number {
  let offset = 0;
  let node: unknown = document.contents;
  for (const part of path.split(/[.[\]]+/).filter((piece) => piece !== '')) {
    if (isNode(node) && node.range) offset = node.range[0];
    if (!isCollection(node)) return offset;
    node = node.get(/^\d+$/.test(part) ? Number(part) : part, true);
  }
  return isNode(node) && node.range ? node.range[0] : offset;
}
