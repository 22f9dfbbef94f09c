import type { Fault } from '@oneshot/nas';
import { isRecord } from './written.js';

/** A spec without its `fit`, and what that says. */
export interface Asked {
  readonly spec: unknown;
  readonly fit: boolean;
  /** What is wrong with `fit`, if anything is. */
  readonly faults: readonly Fault[];
}

export function takeFit(input: unknown): Asked {
  if (!isRecord(input) || !('fit' in input)) return { spec: input, fit: false, faults: [] };
  const { fit, ...spec } = input;
  if (typeof fit === 'boolean') return { spec, fit, faults: [] };
  return { spec, fit: false, faults: [{ path: 'fit', message: `found ${JSON.stringify(fit)}; allowed: true, false` }] };
}

/**
 * Fitting needs the data, so only the service that accepts a run does it: elsewhere a spec must be
 * whole.
 */
export function fitFaults({ fit }: { readonly fit?: boolean | undefined }): readonly Fault[] {
  if (fit !== true) return [];
  return [
    { path: 'fit', message: 'found true; settings are fitted by the service that accepts a search or a training' },
  ];
}
