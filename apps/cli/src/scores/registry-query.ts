import type { ListScoresRequest } from '@oneshot/contracts';
import { badInput, type Fault } from '../failure.js';

const prefix = 'registry:';

/** Which scores of the registry are asked for. */
export type ScoreQuery = Omit<ListScoresRequest, 'pageSize' | 'pageToken'>;

/** Field of the request by what a query calls it. */
const filters = {
  space: 'spaces',
  data: 'datasets',
  method: 'methods',
  benchmark: 'benchmarks',
  campaign: 'campaigns',
  seed: 'seeds',
  genotype: 'genotypes',
  run: 'runs',
} as const satisfies Readonly<Record<string, keyof ScoreQuery>>;
type Filter = keyof typeof filters;

const filterNames = Object.keys(filters).join(', ');

/** Whether an input of scores is a query to the registry. */
export function isRegistryQuery(input: string): boolean {
  return input.startsWith(prefix);
}

/**
 * Reads `registry:space=darts,data=cifar10`: filters that a score must pass, separated by commas;
 * one given several times lets any of its values pass. `registry:` alone asks for all scores.
 *
 * @throws Failure (bad input) with every part that is no filter
 */
export function parseRegistryQuery(input: string): ScoreQuery {
  const query: ScoreQuery = {
    spaces: [],
    datasets: [],
    methods: [],
    benchmarks: [],
    campaigns: [],
    seeds: [],
    genotypes: [],
    runs: [],
  };
  const faults: Fault[] = [];
  const text = input.slice(prefix.length);
  for (const part of text === '' ? [] : text.split(',')) {
    const [, name, value] = /^\s*([^=]*?)\s*=\s*(.*?)\s*$/.exec(part) ?? [];
    if (name === undefined || value === undefined || !isFilter(name)) {
      const found = JSON.stringify(name ?? part);
      faults.push({ path: 'filter', found, allowed: `NAME=VALUE, where NAME is one of ${filterNames}`, message: '' });
    } else if (value === '') {
      faults.push({ path: name, found: '""', allowed: 'a value', message: '' });
    } else if (name !== 'seed') {
      query[filters[name]].push(value);
    } else if (/^\d{1,10}$/.test(value)) {
      query.seeds.push(Number(value));
    } else {
      faults.push({ path: name, found: JSON.stringify(value), allowed: 'a whole number', message: '' });
    }
  }
  if (faults.length > 0) throw badInput(`${input} cannot be read.`, faults);
  return query;
}

/** What a query calls the field of a request that the registry names as `spaces[0]`. */
export function filterOf(path: string): string {
  const field = path.replace(/\[\d+\]$/, '');
  return Object.entries(filters).find(([, each]) => each === field)?.[0] ?? path;
}

function isFilter(name: string): name is Filter {
  return Object.hasOwn(filters, name);
}
