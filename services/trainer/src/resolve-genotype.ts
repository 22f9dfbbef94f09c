import type { Genotype } from '@oneshot/contracts';

/** Finds a genotype of the registry by its id; undefined if there is none. */
export type FindGenotype = (id: string) => Promise<Genotype | undefined>;

/**
 * A training spec may name a genotype of the registry by `genotypeId` instead of writing it out.
 * Both ways give the same run, so the id is replaced by the genotype before the spec is read.
 * Returns the message of what is wrong with the id, if anything is.
 */
export async function resolveGenotype(
  input: unknown,
  find: FindGenotype,
): Promise<{ readonly spec: unknown; readonly fault?: { readonly path: string; readonly message: string } }> {
  if (typeof input !== 'object' || input === null || !('genotypeId' in input)) return { spec: input };
  const { genotypeId, ...spec } = input;
  const path = 'genotypeId';
  if ('genotype' in input) return { spec, fault: { path, message: 'give genotype or genotypeId, not both' } };
  const found = typeof genotypeId === 'string' ? await find(genotypeId) : undefined;
  if (found?.genotype === undefined) {
    const message = `found ${JSON.stringify(genotypeId)}; allowed: the id of a genotype in the registry`;
    return { spec, fault: { path, message } };
  }
  return { spec: { ...spec, genotype: found.genotype } };
}
