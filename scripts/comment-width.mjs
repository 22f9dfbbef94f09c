/**
 * Lines of comment end by column 100: prose is read, not scanned. Lists those that are longer; with
 * `--fix`, breaks their paragraphs anew. Left alone: directives of tools, and words longer than a
 * line.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './shell.mjs';

const WIDTH = 100;
const files = ['*.ts', '*.mjs', '*.js', '*.rs', '*.proto', '*.go', '*.java', '*.cpp'];

/** Indentation, marker and text of a line that is comment alone. */
const COMMENT = /^(\s*)(\/\/[/!]?|\*(?!\/)|\/\*\*)(?: (.*))?$/;
const DIRECTIVE = /biome-ignore|@ts-|eslint-|@vitest|https?:\/\/\S{60}/;
const LIST_ITEM = /^(\s*)(?:[-*] |\d+\. )/;
/** Starts a paragraph of its own: a tag, a row of a table, what is set apart by four spaces. */
const APART = /^(?:@|\||\s{4}|```|#)/;

/** Words of a text; code between backticks is one word where it is short enough. */
function words(text) {
  const found = text.match(/(?:[^\s`]|`[^`]*`)+|\S+/g) ?? [];
  return found.flatMap((word) => (word.length > WIDTH - 40 ? word.split(' ') : [word]));
}

/** A paragraph as lines of at most `width`; the later ones start with `hang`. */
function fill(text, width, hang) {
  const lines = [];
  for (const word of words(text)) {
    const line = lines.at(-1);
    if (line !== undefined && line.length + 1 + word.length <= width) lines[lines.length - 1] += ` ${word}`;
    else lines.push(line === undefined ? word : hang + word);
  }
  return lines;
}

/** The texts of one comment, broken anew where a paragraph has a line that is too long. */
function broken(texts, width) {
  const paragraphs = [];
  let fenced = false;
  for (const text of texts) {
    const fence = text.startsWith('```');
    const starts =
      fenced || fence || text.trim() === '' || APART.test(text) || LIST_ITEM.test(text) || paragraphs.length === 0;
    if (starts || paragraphs.at(-1).closed) {
      const closed = fenced || fence || text.trim() === '' || /^(?:\||\s{4}|#)/.test(text);
      paragraphs.push({ lines: [text], closed });
    } else paragraphs.at(-1).lines.push(text);
    if (fence) fenced = !fenced;
  }
  return paragraphs.flatMap(({ lines, closed }) => {
    if (closed || lines.every((line) => line.length <= width || DIRECTIVE.test(line))) return lines;
    const [first = ''] = lines;
    const item = LIST_ITEM.exec(first)?.[0] ?? '';
    const hang = ' '.repeat(item.length);
    const text = [first.slice(item.length), ...lines.slice(1)].join(' ');
    const [head = '', ...rest] = fill(text, width - item.length, '');
    return [item + head, ...rest.map((line) => hang + line)];
  });
}

/** A source with its comments broken anew. */
function rewrapped(source) {
  const lines = source.split('\n');
  const out = [];
  for (let at = 0; at < lines.length; ) {
    const line = lines[at];
    const single = /^(\s*)\/\*\* (.*) \*\/$/.exec(line);
    if (single !== null && line.length > WIDTH) {
      const [, indent, text] = single;
      const inner = broken([text], WIDTH - indent.length - 3);
      out.push(`${indent}/**`, ...inner.map((each) => `${indent} * ${each}`), `${indent} */`);
      at += 1;
      continue;
    }
    const found = COMMENT.exec(line);
    if (found === null || found[2] === '/**' || DIRECTIVE.test(line)) {
      out.push(line);
      at += 1;
      continue;
    }
    const [, indent, marker] = found;
    const texts = [];
    for (; at < lines.length; at += 1) {
      const next = COMMENT.exec(lines[at]);
      if (next === null || next[1] !== indent || next[2] !== marker || DIRECTIVE.test(lines[at])) break;
      texts.push(next[3] ?? '');
    }
    const width = WIDTH - indent.length - marker.length - 1;
    for (const each of broken(texts, width)) out.push(`${indent}${marker} ${each}`.trimEnd());
  }
  return out.join('\n');
}

const listed = spawnSync('git', ['ls-files', '--', ...files], { cwd: root, encoding: 'utf8' }).stdout;
let long = 0;
for (const file of listed.split('\n').filter((name) => name !== '' && existsSync(join(root, name)))) {
  const path = join(root, file);
  const source = readFileSync(path, 'utf8');
  const result = process.argv.includes('--fix') ? rewrapped(source) : source;
  if (result !== source) writeFileSync(path, result);
  for (const [index, line] of result.split('\n').entries()) {
    const comment = COMMENT.test(line) || /^\s*\/\*\*.*\*\/$/.test(line);
    if (!comment || line.length <= WIDTH || DIRECTIVE.test(line)) continue;
    if (words(line).some((word) => word.length > WIDTH - 20)) continue;
    console.log(`${file}:${index + 1}: ${line.length} columns`);
    long += 1;
  }
}
if (long > 0) console.log(`${long} lines of comment end after column ${WIDTH}: node scripts/comment-width.mjs --fix`);
process.exitCode = long > 0 ? 1 : 0;
