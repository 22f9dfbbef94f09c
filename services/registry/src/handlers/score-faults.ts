import type { CampaignScore } from '@oneshot/contracts';
import type { FieldFault } from '@oneshot/service-kit';
import { isArtifactDigest } from '@oneshot/storage';
import type { Kysely } from 'kysely';
import type { RegistryTables } from '../tables.js';
import { fieldFault } from './field-fault.js';

const mostAtOnce = 1000;
const idForm = '64 lower-case hexadecimal digits';

/** Everything that is wrong with scores before the database is asked. */
export function scoreFaults(scores: readonly CampaignScore[]): readonly FieldFault[] {
  if (scores.length > mostAtOnce) {
    return [fieldFault('scores', `${scores.length} scores`, `at most ${mostAtOnce} scores`)];
  }
  return scores.flatMap((score, index) =>
    faultsOf(score).map(([field, found, allowed]) => fieldFault(`scores[${index}].${field}`, found, allowed)),
  );
}

type Fault = readonly [field: string, found: string, allowed: string];

function faultsOf(score: CampaignScore): readonly Fault[] {
  const { accuracy, seed, retraining } = score;
  const faults: (Fault | undefined)[] = [
    idFault('campaign_id', score.campaignId, 'the id of a campaign'),
    unless(score.method !== '', 'method', '', 'the name of a method'),
    unless(score.benchmark !== '', 'benchmark', '', 'the name of a benchmark'),
    idFault('evaluation_run_id', score.evaluationRunId, 'the id of an evaluation run'),
    score.searchRunId === '' ? undefined : idFault('search_run_id', score.searchRunId, 'the id of a search run'),
    score.trainingRunId === ''
      ? undefined
      : idFault('training_run_id', score.trainingRunId, 'the id of a training run'),
    unless(accuracy >= 0 && accuracy <= 1, 'accuracy', accuracy, 'a fraction, 0 to 1'),
    unless(seed >= 0, 'seed', seed, 'at least 0'),
    unless(retraining >= 0, 'retraining', retraining, 'at least 0'),
  ];
  return faults.filter((fault) => fault !== undefined);
}

function idFault(field: string, id: string, what: string): Fault | undefined {
  return unless(isArtifactDigest(id), field, id, id === '' ? what : `${what}, ${idForm}`);
}

function unless(holds: boolean, field: string, found: string | number, allowed: string): Fault | undefined {
  return holds ? undefined : [field, String(found), allowed];
}

/**
 * Every genotype and model that scores name and the registry does not have. Runs are known to other
 * services alone.
 */
export async function unknownThings(
  queries: Kysely<RegistryTables>,
  scores: readonly CampaignScore[],
): Promise<readonly FieldFault[]> {
  const named = (ids: readonly string[]) => [...new Set(['', ...ids])];
  const genotypeIds = named(scores.map(({ genotypeId }) => genotypeId));
  const modelIds = named(scores.map(({ modelId }) => modelId));
  const genotypes = await queries.selectFrom('genotypes').select('id').where('id', 'in', genotypeIds).execute();
  const models = await queries.selectFrom('models').select('id').where('id', 'in', modelIds).execute();
  const known = new Set(['', ...genotypes.map(({ id }) => id), ...models.map(({ id }) => id)]);
  return scores.flatMap(({ genotypeId, modelId }, index) => [
    ...(known.has(genotypeId)
      ? []
      : [fieldFault(`scores[${index}].genotype_id`, genotypeId, 'the id of a registered genotype')]),
    ...(known.has(modelId) ? [] : [fieldFault(`scores[${index}].model_id`, modelId, 'the id of a registered model')]),
  ]);
}
