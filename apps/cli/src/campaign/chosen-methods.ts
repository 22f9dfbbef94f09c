import { badInput } from '../failure.js';
import type { InputDocument } from '../input/read-document.js';

/**
 * The campaign with only some of its methods, in the campaign's order; what is told about a method
 * still stands where the file has it.
 *
 * @throws Failure (bad input) for names the campaign does not have, with those it has
 */
export function withMethods(document: InputDocument, chosen: readonly string[]): InputDocument {
  const methods: readonly unknown[] = Array.isArray(document.value.methods) ? document.value.methods : [];
  const names = methods.map(nameOf);
  const unknown = chosen.filter((name) => !names.includes(name));
  if (unknown.length > 0) {
    const known = names.filter((name) => name !== undefined).join(', ');
    throw badInput(`--methods: found ${unknown.join(', ')}; ${document.file} has ${known || 'no methods'}.`);
  }
  const kept = names.flatMap((name, index) => (name !== undefined && chosen.includes(name) ? [index] : []));
  return {
    file: document.file,
    value: { ...document.value, methods: kept.map((index) => methods[index]) },
    positionOf: (path) =>
      document.positionOf(path.replace(/^methods\[(\d+)\]/, (_, index) => `methods[${kept[Number(index)] ?? index}]`)),
  };
}

function nameOf(method: unknown): string | undefined {
  if (typeof method === 'string') return method;
  if (typeof method !== 'object' || method === null || !('name' in method)) return undefined;
  return typeof method.name === 'string' ? method.name : undefined;
}
