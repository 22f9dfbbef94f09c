import { ones, randomStream, tensor } from '@oneshot/engine';
import type { Mix, NetworkDescription } from '@oneshot/nas';

/**
 * Coefficients that drop paths: per image and branch 0 with the given probability, else 1 / (1 −
 * probability), so that the mean stays 1 (Larsson et al. 2017). A pure function of its arguments.
 */
export function dropPathMix(
  network: NetworkDescription,
  batch: number,
  probability: number,
  seed: number,
  epoch: number,
  step: number,
): Mix {
  const mix = new Map<string, ReturnType<typeof ones>>();
  for (const block of network.blocks) {
    if (block.kind !== 'cell' || block.schedule.mixCount === 0) continue;
    const { name, groups, schedule } = block;
    const group = groups[0] ?? name;
    if (probability === 0) {
      mix.set(group, ones([schedule.mixCount]));
      continue;
    }
    const draws = randomStream(seed, 'drop path', name, epoch, step).uniform(batch * schedule.mixCount);
    const kept = 1 / (1 - probability);
    const coefficients = draws.map((draw) => (draw < probability ? 0 : kept));
    mix.set(group, tensor(coefficients, [batch, schedule.mixCount]));
  }
  return mix;
}
