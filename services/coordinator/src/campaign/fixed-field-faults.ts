import { foundText } from '@oneshot/nas';
import type { FieldFault } from '@oneshot/service-kit';
import { fieldsOf } from './loose-fields.js';

/** Faults of fields that are decided elsewhere. `sources` names, by field, what decides. */
export function fixedFieldFaults(
  written: unknown,
  path: string,
  sources: Readonly<Record<string, string>>,
): readonly FieldFault[] {
  return Object.entries(fieldsOf(written)).flatMap(([field, value]): FieldFault[] => {
    const source = Object.entries(sources).find(([name]) => name === field)?.[1];
    if (source === undefined) return [];
    return [
      { path: `${path}.${field}`, found: foundText(value), allowed: '', message: `given by ${source}; leave it out` },
    ];
  });
}
