import { nameOrDocument } from './name-or-document.js';

/**
 * The space that `--space` names: by name, as JSON, by a YAML or JSON file, or by the file of a
 * module.
 */
export function spaceArgument(text: string): string | Readonly<Record<string, unknown>> {
  return /\.[cm]?[jt]s$/.test(text) ? { name: 'module', file: text } : nameOrDocument('--space', text);
}
