import type { DerivedOptions, TaskShape } from '@oneshot/nas';
import type { TrainingSpec } from '../spec/training-spec.js';

/**
 * How a spec's genotype is built: as it is exported, and as it is trained (with drop path and
 * auxiliary head).
 */
export function networkOptions(
  { cells, channels, auxiliary, dropPath }: TrainingSpec,
  target: TaskShape,
): { readonly plain: DerivedOptions; readonly trained: DerivedOptions } {
  const size = { ...(cells === undefined ? {} : { cells }), ...(channels === undefined ? {} : { channels }) };
  const plain = { ...target, ...size };
  return { plain, trained: { ...plain, dropPath: dropPath > 0, ...(auxiliary > 0 ? { auxiliary } : {}) } };
}
