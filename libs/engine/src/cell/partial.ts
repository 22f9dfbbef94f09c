import type { EdgeSchedule, StateShape } from './schedule.js';

/**
 * What the branches of an edge read of a state: all channels, or the first `floor(channels / keep)`
 * of a partial connection.
 */
export function seenShape({ partial }: Pick<EdgeSchedule, 'partial'>, source: StateShape): StateShape {
  return partial === undefined ? source : { ...source, channels: Math.floor(source.channels / partial.keep) };
}

/**
 * The channel shuffle of a partial connection: which channel comes to stand in each place. Channels
 * are laid out in rows of `ceil(channels / keep)` and read by columns, which is Zhang et al.'s
 * (2018) shuffle in `keep` groups where `keep` divides the channels. Where it does not, the last
 * row is short, and columns end with it: as if channels were added to fill the groups, shuffled
 * with the others, and taken out again, which is how confopt's code shuffles any width (Jha et al.
 * 2025). A permutation in every case.
 */
export function shuffledOrder(channels: number, keep: number): number[] {
  const group = Math.ceil(channels / keep);
  return Array.from({ length: group }, (_, column) => column).flatMap((column) =>
    Array.from({ length: Math.ceil((channels - column) / group) }, (_, row) => row * group + column),
  );
}
