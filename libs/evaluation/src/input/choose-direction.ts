import { directionOfEnd, directionOfName } from './direction-of-name.js';
import { InputError } from './input-error.js';
import type { Direction, DirectionReason } from './score-set.js';

interface DirectionClues {
  /** What was asked for; it decides. */
  readonly asked: Direction | undefined;
  /**
   * Names of what is measured, such as that of the column of scores; the first that tells a
   * direction decides.
   */
  readonly names: readonly (string | undefined)[];
  /** Looked at where nothing else tells a direction. */
  readonly benchmarks: readonly string[];
}

/**
 * Which scores are better, and why: as asked, by the name of the measure, by the names of all
 * benchmarks, or else the greater ones.
 *
 * @throws InputError for benchmarks of which some are better in one direction and others in the
 * other
 */
export function chooseDirection({ asked, names, benchmarks }: DirectionClues): {
  readonly direction: Direction;
  readonly directionReason: DirectionReason;
} {
  if (asked !== undefined) return { direction: asked, directionReason: { from: 'asked' } };
  for (const name of names) {
    const direction = name === undefined ? undefined : directionOfName(name);
    if (name !== undefined && direction !== undefined) return { direction, directionReason: { from: 'name', name } };
  }
  const smaller = benchmarks.find((name) => directionOfEnd(name) === 'down');
  if (smaller === undefined) return { direction: 'up', directionReason: { from: 'default' } };
  const other = benchmarks.find((name) => directionOfEnd(name) !== 'down');
  if (other === undefined) return { direction: 'down', directionReason: { from: 'name', name: smaller } };
  throw new InputError([
    {
      field: 'direction',
      found: `benchmarks of which smaller scores are better, such as ${JSON.stringify(smaller)}, beside others, such as ${JSON.stringify(other)}`,
      allowed: 'benchmarks of one direction in a table, or --direction up or down, which then holds for all of them',
    },
  ]);
}
