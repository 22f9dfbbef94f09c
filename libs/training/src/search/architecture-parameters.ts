import { randomStream } from '@oneshot/engine';
import type { Profile, Sampler, Space } from '@oneshot/nas';

/** Architecture parameters as a run starts with them. */
export interface InitialParameters {
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/** α of every group, `[choices, options]`. */
export function initialAlpha(space: Space, { architecture }: Profile, seed: number): readonly InitialParameters[] {
  return space.groups.map(({ name, choices, options }) =>
    initial(seed, 'alpha', name, [choices.length, options.length], architecture.initialScale),
  );
}

/**
 * β: with edge normalisation of every group, `[choices]`; else what the sampler has besides α;
 * mostly none.
 */
export function initialBeta(
  space: Space,
  { architecture, edgeNormalisation }: Profile,
  sampler: Sampler,
  seed: number,
): readonly InitialParameters[] {
  const own = edgeNormalisation
    ? space.groups.map(({ name, choices }) => ({ name, length: choices.length }))
    : (sampler.parameters?.(space.groups) ?? []);
  return own.map(({ name, length }) => initial(seed, 'beta', name, [length], architecture.initialScale));
}

/** Normal, of standard deviation `scale`. */
function initial(
  seed: number,
  purpose: 'alpha' | 'beta',
  name: string,
  shape: readonly number[],
  scale: number,
): InitialParameters {
  const size = shape.reduce((product, length) => product * length, 1);
  const values = Float32Array.from(randomStream(seed, purpose, name).normal(size), (value) => value * scale);
  return { name, shape, values };
}
