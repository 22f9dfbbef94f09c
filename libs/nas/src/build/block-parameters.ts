import type { BlockParameter } from '../network.js';
import type { ParameterSpec } from '../operations/operation.js';

/** What a block reads of the arrays of the widest variant. */
export function blockParameters(
  place: string,
  own: readonly ParameterSpec[],
  full: readonly ParameterSpec[],
): readonly BlockParameter[] {
  return own.map(({ key, shape, initialisation, sort = 'weight', centred = [] }, index) => {
    const whole = full[index] ?? { shape, initialisation };
    const start = shape.map((size, axis) => {
      const room = (whole.shape[axis] ?? size) - size;
      return centred.includes(axis) ? Math.floor(room / 2) : 0;
    });
    return {
      key,
      name: `${place}.${key}`,
      sort,
      full: whole.shape,
      shape,
      start,
      initialisation: whole.initialisation,
    };
  });
}
