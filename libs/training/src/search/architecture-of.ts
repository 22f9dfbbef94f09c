import { edgeWeightValues, type SelectionInput } from '@oneshot/nas';
import type { SearchModel } from './search-model.js';

/** What a genotype is read off. */
export type Architecture = Pick<SelectionInput, 'alpha' | 'edgeWeights' | 'edgeSets'>;

/** What a model has learned so far. */
export function architectureOf(model: SearchModel): Architecture {
  const alpha = model.alphaValues();
  const beta = model.betaValues();
  if (beta.size === 0) return { alpha };
  if (!model.profile.edgeNormalisation) {
    const learned = model.sampler.topology?.(model.space.groups, beta);
    return learned === undefined ? { alpha } : { alpha, edgeWeights: learned.edgeWeights, edgeSets: learned.nodes };
  }
  const weights = model.space.groups.map((group) => {
    return [group.name, edgeWeightValues(group, beta.get(group.name) ?? new Float32Array(0))] as const;
  });
  return { alpha, edgeWeights: new Map(weights) };
}
