import type { Genotype, Model } from '@oneshot/contracts';
import type { Services } from '../session/services.js';
import { allPages, ambiguous, unlessMissing } from './find.js';

/** The model with this id, or the one whose id starts so. */
export async function findModel({ registry }: Services, id: string): Promise<Model | undefined> {
  const exact = await unlessMissing(() => registry.getModel({ id }));
  if (exact?.model !== undefined) return exact.model;
  const models = allPages(async (pageToken) => {
    const page = await registry.listModels({ pageSize: 1000, pageToken, genotypeId: '' });
    return { items: page.models, nextPageToken: page.nextPageToken };
  });
  return onlyOne(id, models);
}

/** The genotype with this id, or the one whose id starts so. */
export async function findGenotype({ registry }: Services, id: string): Promise<Genotype | undefined> {
  const exact = await unlessMissing(() => registry.getGenotype({ id }));
  if (exact?.genotype !== undefined) return exact.genotype;
  const genotypes = allPages(async (pageToken) => {
    const page = await registry.listGenotypes({ pageSize: 1000, pageToken, space: '' });
    return { items: page.genotypes, nextPageToken: page.nextPageToken };
  });
  return onlyOne(id, genotypes);
}

async function onlyOne<Item extends { readonly id: string }>(
  id: string,
  items: AsyncIterable<Item>,
): Promise<Item | undefined> {
  const found: Item[] = [];
  for await (const item of items) if (item.id.startsWith(id)) found.push(item);
  if (found.length > 1)
    throw ambiguous(
      id,
      found.map((item) => item.id.slice(0, 16)),
    );
  return found[0];
}
