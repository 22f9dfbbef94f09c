import '../../register.js';
import { needs, type Thing } from '@oneshot/test/needs';
import { describe } from 'vitest';
import type { BackendName } from '../../backend/info.js';
import { selectBackend } from '../../backend/select.js';
import { loadAddon } from '../../native/addon.js';
import { findTensorflow } from '../../tensorflow/addon.js';

/** Describes the same facts for every backend; one that is not there is skipped. */
export function describeOnBackends(title: string, facts: (backend: BackendName) => void): void {
  const optional = (name: BackendName, thing: Thing, present: boolean) =>
    describe(`${title} on ${name}`, needs(thing, present), () => facts(name));
  describe(`${title} on reference`, () => facts('reference'));
  optional('native', 'the native engine', !('reason' in loadAddon()));
  optional('tensorflow', 'the tensorflow backend', !('reason' in findTensorflow()));
}

/** Runs `fn` on a backend. */
export async function on<T>(backend: BackendName, fn: () => T): Promise<T> {
  await selectBackend({ backend });
  return fn();
}
