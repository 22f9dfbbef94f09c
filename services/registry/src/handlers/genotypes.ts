import type { Genotype as GenotypeMessage, RegisterGenotypeRequest } from '@oneshot/contracts';
import { appendEvent, createEvent } from '@oneshot/events';
import {
  canonicalGenotype,
  canonicalJson,
  checkGenotype,
  createSpace,
  formatGenotype,
  type Genotype,
  genotypeIdentity,
  loadSpaceModule,
  NasError,
  parseGenotype,
  parseGenotypeJson,
} from '@oneshot/nas';
import { decodePageToken, fieldFaultOf, invalidArgument, notFound, pageOf, pageSize } from '@oneshot/service-kit';
import type { GenotypeRow } from '../tables.js';
import { fieldFault, invalidRequest } from './field-fault.js';
import { addEdges } from './lineage.js';
import { olderThan, source } from './listing.js';
import type { RegistryHandlers, RegistryParts } from './registry-parts.js';

/** The methods for genotypes. */
export function genotypeHandlers({
  database,
}: RegistryParts): Pick<RegistryHandlers, 'registerGenotype' | 'getGenotype' | 'listGenotypes'> {
  return {
    async registerGenotype(request) {
      const genotype = await readGenotype(request);
      const row: GenotypeRow = {
        id: genotypeIdentity(genotype),
        space: genotype.space,
        genotype: canonicalJson(genotype),
        notation: formatGenotype(genotype),
        created_at: Date.now(),
      };
      return database.transaction(async (transaction) => {
        const known = await transaction.selectFrom('genotypes').selectAll().where('id', '=', row.id).executeTakeFirst();
        if (!known) {
          await transaction.insertInto('genotypes').values(row).execute();
          const data = { id: row.id, space: row.space };
          const type = 'oneshot.genotype.registered';
          await appendEvent(transaction, createEvent({ source, type, subject: row.id, data }));
        }
        if (request.runId !== '') {
          await addEdges(transaction, [{ from: request.runId, relation: 'found', to: row.id }]);
        }
        return { genotype: genotypeMessage(known ?? row), created: !known };
      });
    },
    async getGenotype({ id }) {
      const row = await database.queries.selectFrom('genotypes').selectAll().where('id', '=', id).executeTakeFirst();
      if (!row) throw notFound('genotype', id);
      return { genotype: genotypeMessage(row) };
    },
    async listGenotypes(request) {
      const size = pageSize(request.pageSize, 100, 1000);
      const after = decodePageToken(request.pageToken, ['number', 'string'] as const);
      let query = database.queries.selectFrom('genotypes').selectAll();
      if (request.space !== '') query = query.where('space', '=', request.space);
      if (after) query = query.where((where) => olderThan(where, after));
      const rows = await query
        .orderBy('created_at', 'desc')
        .orderBy('id')
        .limit(size + 1)
        .execute();
      const { page, nextPageToken } = pageOf(rows, size, (last) => [last.created_at, last.id]);
      return { genotypes: page.map(genotypeMessage), nextPageToken };
    },
  };
}

/**
 * The genotype of a request in canonical form. INVALID_ARGUMENT names every fault of space and
 * genotype.
 */
async function readGenotype({ space, form }: RegisterGenotypeRequest): Promise<Genotype> {
  const faults = [];
  if (!space) faults.push(fieldFault('space', '', 'a search space, such as {"name": "darts"}'));
  if (!form) faults.push(fieldFault('form', '', 'a genotype as JSON or in notation'));
  if (!space || !form) throw invalidRequest(faults);
  try {
    const built = createSpace(await loadSpaceModule(space));
    const genotype = form.$case === 'notation' ? parseGenotype(form.value) : parseGenotypeJson(form.value);
    checkGenotype(built, genotype);
    return canonicalGenotype(genotype);
  } catch (error) {
    if (!(error instanceof NasError)) throw error;
    throw invalidArgument(error.faults.map(fieldFaultOf), error.code.toUpperCase());
  }
}

function genotypeMessage(row: GenotypeRow): GenotypeMessage {
  return {
    id: row.id,
    space: row.space,
    genotype: JSON.parse(row.genotype) as GenotypeMessage['genotype'],
    notation: row.notation,
    createdAt: new Date(row.created_at).toISOString(),
  };
}
