import type { Model } from '@oneshot/contracts';
import { appendEvent, createEvent } from '@oneshot/events';
import { canonicalDigest } from '@oneshot/nas';
import { decodePageToken, type FieldFault, notFound, pageOf, pageSize } from '@oneshot/service-kit';
import type { ModelRow } from '../tables.js';
import { fieldFault, invalidRequest } from './field-fault.js';
import { addEdges } from './lineage.js';
import { olderThan, source } from './listing.js';
import type { RegistryHandlers, RegistryParts } from './registry-parts.js';

/** The methods for models. */
export function modelHandlers({
  database,
  artifacts,
}: RegistryParts): Pick<RegistryHandlers, 'registerModel' | 'getModel' | 'listModels'> {
  async function faultsOf(model: Model): Promise<readonly FieldFault[]> {
    const faults: FieldFault[] = [];
    const known = await database.queries
      .selectFrom('genotypes')
      .select('id')
      .where('id', '=', model.genotypeId)
      .executeTakeFirst();
    if (!known) faults.push(fieldFault('model.genotype_id', model.genotypeId, 'the id of a registered genotype'));
    if (!(await artifacts.verify(model.onnx))) {
      faults.push(fieldFault('model.onnx', model.onnx, 'the digest of a stored artifact'));
    }
    if (model.trainingRunId === '') faults.push(fieldFault('model.training_run_id', '', 'the id of a training run'));
    if (!Number.isFinite(model.testAccuracy)) {
      faults.push(fieldFault('model.test_accuracy', String(model.testAccuracy), 'a fraction'));
    }
    return faults;
  }

  return {
    async registerModel({ model }) {
      if (!model) throw invalidRequest([fieldFault('model', '', 'a model')]);
      const faults = await faultsOf(model);
      if (faults.length > 0) throw invalidRequest(faults);
      const { genotypeId, trainingRunId, onnx } = model;
      const row: ModelRow = {
        id: canonicalDigest({ genotype: genotypeId, trainingRun: trainingRunId, onnx }),
        genotype_id: genotypeId,
        training_run_id: trainingRunId,
        onnx,
        dataset: model.dataset,
        parameters: model.parameters,
        test_accuracy: model.testAccuracy,
        created_at: Date.now(),
      };
      return database.transaction(async (transaction) => {
        const known = await transaction.selectFrom('models').selectAll().where('id', '=', row.id).executeTakeFirst();
        if (known) return { model: modelMessage(known), created: false };
        await transaction.insertInto('models').values(row).execute();
        await addEdges(transaction, [
          { from: genotypeId, relation: 'trained_into', to: row.id },
          { from: trainingRunId, relation: 'trained_into', to: row.id },
          { from: row.id, relation: 'exported_as', to: onnx },
        ]);
        const data = { id: row.id, genotypeId, trainingRunId, onnx };
        await appendEvent(transaction, createEvent({ source, type: 'oneshot.model.exported', subject: row.id, data }));
        return { model: modelMessage(row), created: true };
      });
    },
    async getModel({ id }) {
      const row = await database.queries.selectFrom('models').selectAll().where('id', '=', id).executeTakeFirst();
      if (!row) throw notFound('model', id);
      return { model: modelMessage(row) };
    },
    async listModels(request) {
      const size = pageSize(request.pageSize, 100, 1000);
      const after = decodePageToken(request.pageToken, ['number', 'string'] as const);
      let query = database.queries.selectFrom('models').selectAll();
      if (request.genotypeId !== '') query = query.where('genotype_id', '=', request.genotypeId);
      if (after) query = query.where((where) => olderThan(where, after));
      const rows = await query
        .orderBy('created_at', 'desc')
        .orderBy('id')
        .limit(size + 1)
        .execute();
      const { page, nextPageToken } = pageOf(rows, size, (last) => [last.created_at, last.id]);
      return { models: page.map(modelMessage), nextPageToken };
    },
  };
}

function modelMessage(row: ModelRow): Model {
  return {
    id: row.id,
    genotypeId: row.genotype_id,
    trainingRunId: row.training_run_id,
    onnx: row.onnx,
    dataset: row.dataset,
    parameters: row.parameters,
    testAccuracy: row.test_accuracy,
    createdAt: new Date(row.created_at).toISOString(),
  };
}
