import { type Tensor, tensor } from '@oneshot/engine';
import type { ActiveOptions, ChoiceGroup } from '@oneshot/nas';

/** Architecture weights of a single architecture: 1 for the option of each choice, by group `[choices, options]`. */
export function hardWeights(groups: readonly ChoiceGroup[], active: ActiveOptions): ReadonlyMap<string, Tensor> {
  return new Map(
    groups.map(({ name, choices, options }) => {
      const hard = new Float32Array(choices.length * options.length);
      Array.from(active.get(name) ?? []).forEach((option, row) => {
        hard[row * options.length + option] = 1;
      });
      return [name, tensor(hard, [choices.length, options.length])] as const;
    }),
  );
}
