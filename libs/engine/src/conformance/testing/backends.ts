import '../../register.js';
import { describe } from 'vitest';
import type { BackendName } from '../../backend/info.js';
import { selectBackend } from '../../backend/select.js';
import { loadAddon } from '../../native/addon.js';
import { findTensorflow } from '../../tensorflow/addon.js';

/** A backend, and why it cannot be tested here if it cannot. */
interface Candidate {
  readonly name: BackendName;
  readonly absent: string | null;
}

export function candidates(): Candidate[] {
  const native = loadAddon();
  const tensorflow = findTensorflow();
  return [
    { name: 'reference', absent: null },
    { name: 'native', absent: 'reason' in native ? native.reason : null },
    { name: 'tensorflow', absent: 'reason' in tensorflow ? tensorflow.reason : null },
  ];
}

/** Describes the same facts for every backend; one that is not there is skipped, its reason in the title. */
export function describeOnBackends(title: string, facts: (backend: BackendName) => void): void {
  for (const { name, absent } of candidates()) {
    if (absent === null) describe(`${title} on ${name}`, () => facts(name));
    else describe.skip(`${title} on ${name} (skipped: ${absent})`, () => facts(name));
  }
}

/** Runs `fn` on a backend. */
export async function on<T>(backend: BackendName, fn: () => T): Promise<T> {
  await selectBackend({ backend });
  return fn();
}
