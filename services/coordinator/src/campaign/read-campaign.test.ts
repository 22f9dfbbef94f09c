import { expect, test } from 'vitest';
import { membersOf } from './members.js';
import { readCampaign } from './read-campaign.js';
import { campaignSchema } from './schema.js';

const known = { dataFault: (name: string) => (name === 'imagenet' ? 'found no data set of that name' : undefined) };

const campaign = {
  name: 'small',
  methods: ['darts', { name: 'hot', profile: { method: 'gdas', sampler: { temperature: { from: 20, to: 1 } } } }],
  benchmarks: [
    { name: 'a', space: 'toy_cell', data: 'fashion-mnist-sample', search: { epochs: 2 }, network: { channels: 8 } },
    {
      name: 'b',
      space: { name: 'darts', cells: 3 },
      data: { name: 'cifar10', trainImages: 100 },
      retrain: [{ epochs: 1 }],
    },
  ],
  seeds: [0, 1],
  retrain: [{ epochs: 3 }, { epochs: 4 }],
};

function pathsOf(input: unknown): readonly string[] {
  const read = readCampaign(input, known);
  return read.ok ? [] : read.faults.map((fault) => fault.path);
}

test('a campaign has one member per method, benchmark and seed, and a benchmark may replace the retraining', () => {
  const members = membersOf(campaignSchema.parse(campaign));
  expect(members.map(({ method, benchmark, seed }) => [seed, benchmark.name, method.name])).toEqual([
    [0, 'a', 'darts'],
    [0, 'a', 'hot'],
    [0, 'b', 'darts'],
    [0, 'b', 'hot'],
    [1, 'a', 'darts'],
    [1, 'a', 'hot'],
    [1, 'b', 'darts'],
    [1, 'b', 'hot'],
  ]);
  expect(members.map(({ retrain }) => retrain.length)).toEqual([2, 2, 1, 1, 2, 2, 1, 1]);
});

test('the same campaign written in another order and with defaults spelled out has the same id', () => {
  const read = readCampaign(campaign, known);
  const again = readCampaign(
    { evaluate: { split: 'test' }, ...Object.fromEntries(Object.entries(campaign).reverse()) },
    known,
  );
  expect(read.ok && again.ok && read.id === again.id).toBe(true);
});

test('every fault of every part is told at once, under the path where the campaign has it', () => {
  const faulty = {
    name: 'two words',
    methods: [
      'darts',
      'gradas',
      { name: 'hot', profile: { method: 'gdas', sampler: { temperature: { from: 0, to: 1 } } } },
    ],
    benchmarks: [
      {
        name: 'a',
        space: 'toy_cel',
        data: 'imagenet',
        search: { epochs: 0 },
        network: { channels: 0 },
        extra: true,
      },
    ],
    seeds: [0, 0, -1],
    retrain: [{ epochs: 1 }, { learning_rate: 1 }],
  };
  expect([...pathsOf(faulty)].sort()).toEqual([
    'benchmarks[0].data',
    'benchmarks[0].extra',
    'benchmarks[0].network.channels',
    'benchmarks[0].search.epochs',
    'benchmarks[0].space.name',
    'methods[1]',
    'methods[2].profile.sampler.temperature.from',
    'name',
    'retrain[1].learning_rate',
    'seeds[1]',
    'seeds[2]',
  ]);
});

test('an input that is no campaign at all is told so', () => {
  expect(pathsOf(7)).toEqual(['']);
  expect(pathsOf({})).toEqual(['name', 'methods', 'benchmarks', 'seeds']);
});

test('a fault says what was found and what is allowed', () => {
  const read = readCampaign({ ...campaign, seeds: ['one'], benchmarks: [] }, known);
  expect(read.ok ? [] : read.faults.map(({ path, found, allowed }) => [path, found, allowed])).toEqual([
    ['benchmarks', '[]', 'a list of at least 1'],
    ['seeds[0]', '"one"', 'a number'],
  ]);
});
