import { type CampaignMember, type RankResponse, type Run, RunState } from '@oneshot/contracts';
import { NasError, parseGenotypeJson } from '@oneshot/nas';
import { type CampaignReport, modelFileName, type ReportRun } from '@oneshot/plots';
import { invalidArgument, ServiceError } from '@oneshot/service-kit';
import { ZodError, z } from 'zod';
import { cellGraphs } from './cell-graphs.js';
import { choiceTrajectories, searchCurves, trainingCurves } from './curves.js';
import { searchHistory, trainingHistory } from './histories.js';
import { resultNumber, resultText } from './results.js';
import { createSettings } from './setting-rows.js';

/** Reads a JSON artifact by its digest. */
export type ReadJson = (digest: string) => Promise<unknown>;

/** A campaign's report while its members come one after the other. */
export interface CampaignReportBuilder {
  /**
   * Takes in a member; resolves once its histories are read. Members keep the order in which they
   * were given.
   */
  add(member: CampaignMember): Promise<void>;
  /** The campaign with its ranking, as the report shows it. */
  finish(ranking: RankResponse): CampaignReport;
}

export function createCampaignReport(campaign: Run, readJson: ReadJson): CampaignReportBuilder {
  const spec: Readonly<Record<string, unknown>> = campaign.spec ?? {};
  const runs: ReportRun[] = [];
  const settings = createSettings();
  let control: string | undefined;
  let given = 0;
  return {
    async add(member) {
      const position = given++;
      settings.add(member);
      if (control === undefined && profileEpochs(member.search) === 0) control = member.method;
      runs[position] = await readable(member, () => reportRun(member, readJson));
    },
    finish: (ranking) => ({
      name: String(spec.name ?? 'campaign'),
      ...(typeof spec.description === 'string' ? { description: spec.description } : {}),
      scoreName: 'test accuracy',
      setting: settings.rows(spec),
      ranking: ranking.methods,
      runs,
      ...(control === undefined ? {} : { controlMethod: control }),
      notes: [],
      reproduce: { commands: ['oneshot run campaign.json'], campaign: JSON.stringify(spec, null, 2) },
    }),
  };
}

/**
 * What is wrong with a member's genotype or history is told as such: it will be wrong the next
 * time.
 */
async function readable<Result>(
  { method, benchmark, seed }: CampaignMember,
  read: () => Promise<Result>,
): Promise<Result> {
  try {
    return await read();
  } catch (error) {
    const name = `${method} on ${benchmark} with seed ${seed}`;
    if (error instanceof ServiceError) throw describedAs(error, name);
    if (!(error instanceof NasError) && !(error instanceof ZodError) && !(error instanceof SyntaxError)) throw error;
    const told = error instanceof ZodError ? z.prettifyError(error).replaceAll(/\s+/g, ' ') : error.message;
    const message = `found what cannot be read: ${told}`;
    throw invalidArgument([
      { path: name, found: '', allowed: 'a genotype and histories as workers store them', message },
    ]);
  }
}

function describedAs({ code, reason, message, fields }: ServiceError, name: string): ServiceError {
  return new ServiceError({ code, reason, message: `${name}: ${message}`, fields });
}

async function reportRun(member: CampaignMember, readJson: ReadJson): Promise<ReportRun> {
  const { method, benchmark, seed, search, trainings, evaluations } = member;
  const trained = trainings.filter(succeeded);
  const scores = evaluations.filter(succeeded).flatMap((run) => resultNumber(run, 'accuracy') ?? []);
  const found = search !== undefined && succeeded(search) ? await searchParts(search, readJson) : undefined;
  const curves = [...(found?.curves ?? [])];
  for (const [position, run] of trained.entries()) {
    const digest = resultText(run, 'history');
    const phase = trainings.length > 1 ? `retrain ${position + 1}` : 'retrain';
    if (digest !== undefined) curves.push(...trainingCurves(phase, trainingHistory.parse(await readJson(digest))));
  }
  const error = [search, ...trainings, ...evaluations].find((run) => run?.state === RunState.RUN_STATE_FAILED)?.error;
  const training = trained[0];
  const evaluation = evaluations.find(succeeded);
  return {
    method,
    benchmark,
    seed,
    state: member.stage === 'done' ? 'succeeded' : member.stage === 'cancelled' ? 'cancelled' : 'failed',
    ...optional({
      error: error?.message,
      score: scores.length === 0 ? undefined : scores.reduce((sum, score) => sum + score, 0) / scores.length,
      parameters: training && resultNumber(training, 'parameters'),
      searchSeconds: search && resultNumber(search, 'seconds'),
      trainSeconds: training && resultNumber(training, 'seconds'),
      latencyMedianMs: evaluation && resultNumber(evaluation, 'latencyMedianMs'),
      modelBytes: evaluation && resultNumber(evaluation, 'bytes'),
      genotype: search && resultText(search, 'notation'),
      weightsDigest: training && resultText(training, 'weightsDigest'),
      model:
        training === undefined
          ? undefined
          : {
              label: 'ONNX',
              href: modelFileName({ benchmark, method, seed, ...(trainings.length > 1 ? { training: 0 } : {}) }),
            },
    }),
    curves,
    choices: found?.choices ?? [],
    cells: found?.cells ?? [],
  };
}

async function searchParts(search: Run, readJson: ReadJson): Promise<Pick<ReportRun, 'curves' | 'choices' | 'cells'>> {
  const digest = resultText(search, 'history');
  const history = digest === undefined ? undefined : searchHistory.parse(await readJson(digest));
  return {
    curves: history === undefined ? [] : searchCurves(history),
    choices: history === undefined ? [] : choiceTrajectories(history),
    cells: cellGraphs(parseGenotypeJson(search.result?.genotype)),
  };
}

function succeeded(run: Run): boolean {
  return run.state === RunState.RUN_STATE_SUCCEEDED;
}

function profileEpochs(search: Run | undefined): unknown {
  const profile: unknown = search?.spec?.profile;
  return typeof profile === 'object' && profile !== null && 'epochs' in profile ? profile.epochs : undefined;
}

type Present<Fields> = { readonly [Name in keyof Fields]?: Exclude<Fields[Name], undefined> };

/** The fields that have a value. */
function optional<Fields extends object>(fields: Fields): Present<Fields> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Present<Fields>;
}
