import { decodePageToken, type FieldFault, pageOf, pageSize } from '@oneshot/service-kit';
import { fieldFault, invalidRequest } from './field-fault.js';
import type { RegistryHandlers, RegistryParts } from './registry-parts.js';

/** Rows written by one statement; databases bound the number of its parameters. */
const rowsAtOnce = 1000;

/** The methods for metrics. */
export function metricHandlers({ database }: RegistryParts): Pick<RegistryHandlers, 'recordMetrics' | 'queryMetrics'> {
  return {
    async recordMetrics({ runId, points }) {
      const faults: FieldFault[] = [];
      if (runId === '') faults.push(fieldFault('run_id', '', 'the id of a run'));
      for (const [index, { name }] of points.entries()) {
        if (name === '') faults.push(fieldFault(`points[${index}].name`, '', 'a name, such as "train_loss"'));
      }
      if (faults.length > 0) throw invalidRequest(faults);
      const rows = points.map(({ name, step, value }) => ({
        run_id: runId,
        name,
        step,
        value: Number.isNaN(value) ? null : value,
      }));
      await database.transaction(async (transaction) => {
        for (let begin = 0; begin < rows.length; begin += rowsAtOnce) {
          await transaction
            .insertInto('metrics')
            .values(rows.slice(begin, begin + rowsAtOnce))
            .onConflict((conflict) => conflict.doNothing())
            .execute();
        }
      });
      return {};
    },
    async queryMetrics(request) {
      const size = pageSize(request.pageSize, 1000, 10_000);
      const after = decodePageToken(request.pageToken, ['number', 'string'] as const);
      let query = database.queries.selectFrom('metrics').selectAll().where('run_id', '=', request.runId);
      if (request.names.length > 0) query = query.where('name', 'in', request.names);
      if (request.afterStep !== 0) query = query.where('step', '>', request.afterStep);
      if (after) {
        const [step, name] = after;
        query = query.where((where) =>
          where.or([where('step', '>', step), where.and([where('step', '=', step), where('name', '>', name)])]),
        );
      }
      const rows = await query
        .orderBy('step')
        .orderBy('name')
        .limit(size + 1)
        .execute();
      const { page, nextPageToken } = pageOf(rows, size, (last) => [last.step, last.name]);
      return {
        points: page.map(({ name, step, value }) => ({ name, step, value: value ?? Number.NaN })),
        nextPageToken,
      };
    },
  };
}
