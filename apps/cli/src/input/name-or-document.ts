import { badInput } from '../failure.js';
import { readDocument } from './read-document.js';

/** The file that such an option names, if it names one. */
export function documentFile(text: string): string | undefined {
  return /\.(ya?ml|json)$/i.test(text) ? text : undefined;
}

/**
 * An option that names something or writes it out: a name, JSON starting with `{`, or a YAML or
 * JSON file.
 */
export function nameOrDocument(option: string, text: string): string | Readonly<Record<string, unknown>> {
  const file = documentFile(text);
  if (file !== undefined) return readDocument(file).value;
  if (!text.trimStart().startsWith('{')) return text;
  try {
    return JSON.parse(text) as Readonly<Record<string, unknown>>;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw badInput(`${option} cannot be read.`, [
      { path: option, found: '', allowed: '', message: `not JSON: ${message}` },
    ]);
  }
}
