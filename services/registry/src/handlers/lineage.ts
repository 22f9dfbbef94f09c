import type { LineageEdge } from '@oneshot/contracts';
import type { FieldFault } from '@oneshot/service-kit';
import type { Kysely } from 'kysely';
import type { RegistryTables } from '../tables.js';
import { fieldFault, invalidRequest } from './field-fault.js';
import type { RegistryHandlers, RegistryParts } from './registry-parts.js';

const relations = ['found', 'trained_into', 'exported_as', 'scored', 'reported_in', 'checkpoint_of'];
const mostEdges = 10_000;
const mostAtOnce = 1000;
const idsAtOnce = 1000;

/** Notes edges; those known already stay as they are. */
export async function addEdges(queries: Kysely<RegistryTables>, edges: readonly LineageEdge[]): Promise<void> {
  if (edges.length === 0) return;
  const rows = edges.map(({ from, relation, to }) => ({ from_id: from, relation, to_id: to }));
  await queries
    .insertInto('lineage')
    .values(rows)
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** The methods for lineage. */
export function lineageHandlers({ database }: RegistryParts): Pick<RegistryHandlers, 'recordLineage' | 'getLineage'> {
  /**
   * Edges reached from `id` in one direction, over all generations, the nearest first; one more
   * than are told says that there are more.
   */
  async function follow(id: string, near: 'from_id' | 'to_id', far: 'from_id' | 'to_id'): Promise<LineageEdge[]> {
    const seen = new Set([id]);
    const edges: LineageEdge[] = [];
    for (let generation = [id]; generation.length > 0 && edges.length <= mostEdges; ) {
      const rows = await database.queries
        .selectFrom('lineage')
        .selectAll()
        .where(near, 'in', generation.slice(0, idsAtOnce))
        .orderBy(near)
        .orderBy('relation')
        .orderBy(far)
        .limit(mostEdges + 1 - edges.length)
        .execute();
      const later = generation.slice(idsAtOnce);
      for (const row of rows) {
        edges.push({ from: row.from_id, relation: row.relation, to: row.to_id });
        if (!seen.has(row[far])) {
          seen.add(row[far]);
          later.push(row[far]);
        }
      }
      generation = later;
    }
    return edges;
  }

  return {
    async recordLineage({ edges }) {
      const faults: FieldFault[] = [];
      if (edges.length > mostAtOnce) {
        faults.push(fieldFault('edges', `${edges.length} edges`, `at most ${mostAtOnce} edges`));
      }
      for (const [index, edge] of edges.entries()) {
        const at = `edges[${index}]`;
        if (edge.from === '') faults.push(fieldFault(`${at}.from`, '', 'an id'));
        if (edge.to === '') faults.push(fieldFault(`${at}.to`, '', 'an id'));
        if (!relations.includes(edge.relation)) {
          faults.push(fieldFault(`${at}.relation`, edge.relation, relations.join(', ')));
        }
      }
      if (faults.length > 0) throw invalidRequest(faults);
      await database.transaction((transaction) => addEdges(transaction, edges));
      return {};
    },
    async getLineage({ id }) {
      const origins = await follow(id, 'to_id', 'from_id');
      const offspring = await follow(id, 'from_id', 'to_id');
      // Where both are many, each has its half.
      const room = Math.max(mostEdges / 2, mostEdges - offspring.length);
      const shown = origins.slice(0, room);
      const edges = [...shown.reverse(), ...offspring.slice(0, mostEdges - shown.length)];
      return { edges, truncated: edges.length < origins.length + offspring.length };
    },
  };
}
