import type { CampaignScore, LineageEdge } from '@oneshot/contracts';
import { canonicalDigest } from '@oneshot/nas';
import { decodePageToken, pageOf, pageSize } from '@oneshot/service-kit';
import type { ScoreRow } from '../tables.js';
import { invalidRequest } from './field-fault.js';
import { addEdges } from './lineage.js';
import { olderThan } from './listing.js';
import type { RegistryHandlers, RegistryParts } from './registry-parts.js';
import { scoreFaults, unknownThings } from './score-faults.js';
import { filterFaults, scoreConditions, unknownValues } from './score-filters.js';

/** Rows written by one statement; databases bound the number of its parameters. */
const rowsAtOnce = 100;

/** The methods for what campaigns scored. */
export function scoreHandlers({ database }: RegistryParts): Pick<RegistryHandlers, 'recordScores' | 'listScores'> {
  return {
    async recordScores({ scores }) {
      const faults = scoreFaults(scores);
      if (faults.length > 0) throw invalidRequest(faults);
      const unknown = await unknownThings(database.queries, scores);
      if (unknown.length > 0) throw invalidRequest(unknown);
      const now = Date.now();
      const rows = scores.map((score) => scoreRow(score, now));
      await database.transaction(async (transaction) => {
        for (let begin = 0; begin < rows.length; begin += rowsAtOnce) {
          await transaction
            .insertInto('scores')
            .values(rows.slice(begin, begin + rowsAtOnce))
            .onConflict((conflict) => conflict.doNothing())
            .execute();
        }
        await addEdges(
          transaction,
          scores.map(scoredEdge).filter(({ from }) => from !== ''),
        );
      });
      return {};
    },
    async listScores(request) {
      const size = pageSize(request.pageSize, 100, 1000);
      const after = decodePageToken(request.pageToken, ['number', 'string'] as const);
      const tooMany = filterFaults(request);
      if (tooMany.length > 0) throw invalidRequest(tooMany);
      const faults = await unknownValues(database.queries, request);
      if (faults.length > 0) throw invalidRequest(faults);
      let query = database.queries.selectFrom('scores').selectAll();
      for (const condition of scoreConditions(request)) query = query.where(condition);
      if (after) query = query.where((where) => olderThan(where, after));
      const rows = await query
        .orderBy('created_at', 'desc')
        .orderBy('id')
        .limit(size + 1)
        .execute();
      const { page, nextPageToken } = pageOf(rows, size, (last) => [last.created_at, last.id]);
      return { scores: page.map(scoreMessage), nextPageToken };
    },
  };
}

/** What was scored, and the evaluation that scored it. */
function scoredEdge({ modelId, genotypeId, evaluationRunId }: CampaignScore): LineageEdge {
  return { from: modelId || genotypeId, relation: 'scored', to: evaluationRunId };
}

function scoreRow(score: CampaignScore, now: number): ScoreRow {
  const { campaignId, method, benchmark, seed, retraining } = score;
  return {
    id: canonicalDigest({ campaign: campaignId, method, benchmark, seed, retraining }),
    campaign_id: campaignId,
    campaign: score.campaign,
    method,
    method_settings: score.methodSettings,
    benchmark,
    benchmark_settings: score.benchmarkSettings,
    space: score.space,
    dataset: score.dataset,
    seed,
    retraining,
    accuracy: score.accuracy,
    genotype_id: score.genotypeId,
    search_run_id: score.searchRunId,
    training_run_id: score.trainingRunId,
    evaluation_run_id: score.evaluationRunId,
    model_id: score.modelId,
    created_at: now,
  };
}

function scoreMessage(row: ScoreRow): CampaignScore {
  return {
    campaignId: row.campaign_id,
    campaign: row.campaign,
    method: row.method,
    methodSettings: row.method_settings,
    benchmark: row.benchmark,
    benchmarkSettings: row.benchmark_settings,
    space: row.space,
    dataset: row.dataset,
    seed: row.seed,
    retraining: row.retraining,
    accuracy: row.accuracy,
    genotypeId: row.genotype_id,
    searchRunId: row.search_run_id,
    trainingRunId: row.training_run_id,
    evaluationRunId: row.evaluation_run_id,
    modelId: row.model_id,
    createdAt: new Date(row.created_at).toISOString(),
  };
}
