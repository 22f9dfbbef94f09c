import type { Run } from '@oneshot/contracts';
import type { ServiceOptions } from '../input/common-options.js';
import { createOutput, type Output } from '../output/output.js';
import { formatTable } from '../output/table.js';
import { listedRuns } from '../runs/find.js';
import { type RunKind, runKinds, serviceOf } from '../runs/run-kinds.js';
import { lineCells, lineColumns, runLine } from '../runs/run-line.js';
import { parseRegistryQuery } from '../scores/registry-query.js';
import type { Services } from '../session/services.js';
import { withSession } from '../session/with-session.js';

const runKindOf = {
  campaigns: 'campaign',
  searches: 'search',
  trainings: 'training',
  evaluations: 'evaluation',
} as const;

/** What can be listed. */
export type Listed = keyof typeof runKindOf | 'runs' | 'genotypes' | 'models' | 'scores';

/** What `oneshot list` does. */
export async function list(what: Listed, options: ServiceOptions & { readonly limit: number }): Promise<void> {
  const output = createOutput(options.json === true);
  const onInterrupted = () => '';
  await withSession(options, { involvement: 'look', onInterrupted }, async ({ services }) => {
    if (what === 'genotypes') return listGenotypes(services, options.limit, output);
    if (what === 'models') return listModels(services, options.limit, output);
    if (what === 'scores') return listScores(services, options.limit, output);
    if (what === 'runs') return listAllRuns(services, options.limit, output);
    return listRuns(services, runKindOf[what], options.limit, output);
  });
}

/** Runs of every kind whose service is known, the newest first. */
async function listAllRuns(services: Services, limit: number, output: Output): Promise<void> {
  const kinds = runKinds.filter((kind) => services.has(serviceOf[kind]));
  const lists = await Promise.all(
    kinds.map(async (kind) => {
      const runs = await listedRuns(services, kind, { limit, states: [] });
      return runs.map((run) => ({ kind, run }));
    }),
  );
  const made = ({ run }: { readonly run: Run }) => Date.parse(run.createdAt ?? '');
  const all = lists
    .flat()
    .sort((a, b) => made(b) - made(a))
    .slice(0, limit);
  if (output.json) {
    for (const each of all) output.result(() => '', each);
    return;
  }
  const columns = [{ name: 'id' }, { name: 'kind' }, { name: 'run' }, ...lineColumns, { name: 'changed' }];
  const rows = all.map(({ kind, run }) => {
    return [run.id.slice(0, 12), kind, titleOf(kind, run), ...lineCells(runLine(run)), run.updatedAt ?? ''];
  });
  output.result(() => (rows.length === 0 ? 'No run yet.' : formatTable(columns, rows)), all);
}

async function listRuns(services: Services, kind: RunKind, limit: number, output: Output): Promise<void> {
  const runs = await listedRuns(services, kind, { limit, states: [] });
  if (output.json) {
    for (const run of runs) output.result(() => '', run);
    return;
  }
  const columns = [{ name: 'id' }, { name: kind }, ...lineColumns, { name: 'changed' }];
  const rows = runs.map((run) => [
    run.id.slice(0, 12),
    titleOf(kind, run),
    ...lineCells(runLine(run)),
    run.updatedAt ?? '',
  ]);
  output.result(() => (runs.length === 0 ? `No ${kind} yet.` : formatTable(columns, rows)), runs);
}

/** What a run is about, in a few words of its spec. */
function titleOf(kind: RunKind, { spec }: Run): string {
  const nameOf = (value: unknown): string => {
    if (typeof value === 'string') return value;
    return typeof value === 'object' && value !== null && 'name' in value ? String(value.name) : '';
  };
  if (kind === 'campaign') return nameOf(spec);
  const words = [nameOf(spec?.profile), nameOf(spec?.space), nameOf(spec?.data), seedWord(spec?.seed)];
  return words.filter((word) => word !== '').join(' ');
}

function seedWord(seed: unknown): string {
  return seed === undefined ? '' : `seed ${String(seed)}`;
}

async function listGenotypes({ registry }: Services, limit: number, output: Output): Promise<void> {
  const { genotypes } = await registry.listGenotypes({ pageSize: limit, pageToken: '', space: '' });
  if (output.json) {
    for (const genotype of genotypes) output.result(() => '', genotype);
    return;
  }
  const rows = genotypes.map((genotype) => [genotype.id.slice(0, 12), genotype.space, genotype.notation]);
  const columns = [{ name: 'id' }, { name: 'space' }, { name: 'genotype' }];
  output.result(() => (rows.length === 0 ? 'No genotype yet.' : formatTable(columns, rows)), genotypes);
}

async function listScores({ registry }: Services, limit: number, output: Output): Promise<void> {
  const { scores } = await registry.listScores({ ...parseRegistryQuery('registry:'), pageSize: limit, pageToken: '' });
  if (output.json) {
    for (const score of scores) output.result(() => '', score);
    return;
  }
  const rows = scores.map((score) => [
    score.campaign,
    score.method,
    score.benchmark,
    score.space,
    score.dataset,
    String(score.seed),
    `${(100 * score.accuracy).toFixed(2)} %`,
  ]);
  const columns = [
    { name: 'campaign' },
    { name: 'method' },
    { name: 'benchmark' },
    { name: 'space' },
    { name: 'data' },
    { name: 'seed', number: true },
    { name: 'accuracy', number: true },
  ];
  output.result(() => (rows.length === 0 ? 'No score yet.' : formatTable(columns, rows)), scores);
}

async function listModels({ registry }: Services, limit: number, output: Output): Promise<void> {
  const { models } = await registry.listModels({ pageSize: limit, pageToken: '', genotypeId: '' });
  if (output.json) {
    for (const model of models) output.result(() => '', model);
    return;
  }
  const rows = models.map((model) => [
    model.id.slice(0, 12),
    model.dataset,
    `${(100 * model.testAccuracy).toFixed(2)} %`,
    String(model.parameters),
    model.genotypeId.slice(0, 12),
    model.createdAt ?? '',
  ]);
  const columns = [
    { name: 'id' },
    { name: 'data' },
    { name: 'test accuracy', number: true },
    { name: 'parameters', number: true },
    { name: 'genotype' },
    { name: 'made' },
  ];
  output.result(() => (rows.length === 0 ? 'No model yet.' : formatTable(columns, rows)), models);
}
