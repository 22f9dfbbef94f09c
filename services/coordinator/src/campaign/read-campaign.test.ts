import type { NamedData, SpecData } from '@oneshot/data';
import { expect, test } from 'vitest';
import { evaluationSpec, searchSpec, trainingSpec } from '../drive/specs.js';
import { membersOf } from './members.js';
import { readCampaign } from './read-campaign.js';
import { campaignSchema } from './schema.js';

const contents = 'd'.repeat(64);
const known = {
  identifyData: async <Data extends NamedData>(data: Data, path: string): Promise<SpecData<Data>> =>
    data.name === 'imagenet'
      ? { ok: false, fault: { path: `${path}.name`, found: data.name, allowed: '', message: 'no such data set' } }
      : { ok: true, data: { ...data, digest: contents } },
  tabularFault: () => undefined,
};

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

async function pathsOf(input: unknown): Promise<readonly string[]> {
  const read = await readCampaign(input, known);
  return read.ok ? [] : read.faults.map((fault) => fault.path);
}

test('a campaign has one member per method, benchmark and seed, and a benchmark may replace the retraining', async () => {
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

test('the same campaign written in another order and with defaults spelled out has the same id', async () => {
  const read = await readCampaign(campaign, known);
  const again = await readCampaign(
    { evaluate: { split: 'test' }, ...Object.fromEntries(Object.entries(campaign).reverse()) },
    known,
  );
  expect(read.ok && again.ok && read.id === again.id).toBe(true);
});

test('what data sets hold belongs to a campaign, and goes into every run', async () => {
  const read = await readCampaign(campaign, known);
  const changed = await readCampaign(campaign, {
    ...known,
    identifyData: async (data) => ({ ok: true, data: { ...data, digest: 'e'.repeat(64) } }),
  });
  if (!read.ok || !changed.ok) throw new Error('refused');
  expect(changed.id).not.toBe(read.id);
  const parsed = campaignSchema.parse(read.spec);
  const data = { digest: contents };
  for (const member of membersOf(parsed)) {
    expect(searchSpec(parsed, member)).toMatchObject({ data });
    expect(trainingSpec(member, 0, { genotype: {}, assessment: undefined })).toMatchObject({ data });
    expect(evaluationSpec(parsed, member, 'model')).toMatchObject({ data });
  }
});

test('every fault of every part is told at once, under the path where the campaign has it', async () => {
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
  expect([...(await pathsOf(faulty))].sort()).toEqual([
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

test('hyperparameters of the retraining are read even where no benchmark uses them', async () => {
  const many = { retrain: [{ epochs: 'many' }, { weights: { momentum: 2 } }] };
  const paths = ['retrain[0].epochs', 'retrain[1].weights.momentum'];
  expect(await pathsOf({ ...campaign, ...many })).toEqual(paths);
  expect(await pathsOf({ ...campaign, ...many, benchmarks: campaign.benchmarks.slice(1) })).toEqual(paths);
  expect(await pathsOf({ ...campaign, ...many, benchmarks: [] })).toEqual(['benchmarks', ...paths]);
  expect((await pathsOf({ ...campaign, ...many, seeds: [-1], methods: ['dartz'] })).toSorted()).toEqual([
    'methods[0]',
    ...paths,
    'seeds[0]',
  ]);
});

test('what the campaign itself decides is refused in a search or a retraining, which it would overrule', async () => {
  const [first] = campaign.benchmarks;
  const benchmarks = [{ ...first, search: { seed: 3 }, disjoint: true, data: { name: 'cifar10', half: 'first' } }];
  expect((await pathsOf({ ...campaign, benchmarks, retrain: [{ data: 'cifar10', seed: 0 }] })).toSorted()).toEqual([
    'benchmarks[0].data.half',
    'benchmarks[0].search.seed',
    'retrain[0].data',
  ]);
});

test('a table replaces retraining, and knows one space', async () => {
  const benchmarks = [{ name: 'cells', space: { name: 'nasbench201', cells: 1 }, data: 'cifar10' }];
  const { retrain, ...rest } = { ...campaign, benchmarks, evaluate: { tabular: 'nas-bench-201' } };
  expect(await pathsOf(rest)).toEqual([]);
  expect(membersOf(campaignSchema.parse(rest)).map((member) => member.retrain.length)).toEqual([1, 1, 1, 1]);
  expect(await pathsOf({ ...rest, retrain })).toEqual(['retrain']);
  expect(await pathsOf({ ...rest, benchmarks: campaign.benchmarks.slice(0, 1) })).toEqual([
    'benchmarks[0].network',
    'benchmarks[0].space',
  ]);
  expect(
    await pathsOf({ ...rest, evaluate: { tabular: { benchmark: 'nas-bench-201', metric: 'cifar10/test' } } }),
  ).toEqual(['evaluate.tabular.metric']);
  const read = await readCampaign(rest, {
    ...known,
    tabularFault: () => 'nasbench201.csv.gz: found sha256 1, allowed is sha256 2',
  });
  expect(read.ok ? [] : read.faults.map(({ path, message }) => [path, message])).toEqual([
    ['evaluate.tabular', 'nasbench201.csv.gz: found sha256 1, allowed is sha256 2'],
  ]);
  expect(await pathsOf({ ...campaign, twoStage: {} })).toEqual(['twoStage']);
  const withOperations = (...primitives: string[]) => [
    { name: 'cells', space: { name: 'nasbench201', primitives }, data: 'cifar10' },
  ];
  const foreign = { ...rest, benchmarks: withOperations('none', 'sep_conv_3x3') };
  expect(await pathsOf(foreign)).toEqual(['benchmarks[0].space.primitives']);
  const fewer = { ...rest, benchmarks: withOperations('none', 'nor_conv_3x3') };
  expect(await pathsOf(fewer)).toEqual([]);
  expect(await pathsOf({ ...fewer, twoStage: {} })).toEqual(['benchmarks[0].space.primitives']);
});

test('with selectors every method has one member for each, which share their search', async () => {
  const { benchmarks, ...rest } = campaign;
  const parsed = campaignSchema.parse({
    ...rest,
    benchmarks: benchmarks.slice(0, 1),
    selectors: ['magnitude', 'validity'],
    seeds: [0],
  });
  const members = membersOf(parsed);
  expect(members.map(({ name }) => name)).toEqual([
    'darts+magnitude',
    'darts+validity',
    'hot+magnitude',
    'hot+validity',
  ]);
  const specs = members.map((member) => JSON.stringify(searchSpec(parsed, member)));
  expect(new Set(specs).size).toBe(2);
  expect(searchSpec(parsed, members[0] as (typeof members)[0])).toMatchObject({
    selectors: [{ name: 'magnitude' }, { name: 'validity', candidates: 100 }],
  });
});

test('disjoint data are halves; a set of hyperparameters may name the seed of its retraining', async () => {
  const parsed = campaignSchema.parse({
    ...campaign,
    benchmarks: [{ name: 'a', space: 'toy_cell', data: 'cifar10', disjoint: true }],
    seeds: [4],
    retrain: [{ seed: 0 }, { epochs: 2 }],
  });
  for (const member of membersOf(parsed).slice(0, 1)) {
    expect(searchSpec(parsed, member)).toMatchObject({ data: { name: 'cifar10', half: 'first' }, seed: 4 });
    const selection = { genotype: {}, assessment: undefined };
    expect(trainingSpec(member, 0, selection)).toMatchObject({ data: { name: 'cifar10', half: 'second' }, seed: 0 });
    expect(trainingSpec(member, 1, selection)).toMatchObject({ seed: 4, epochs: 2 });
  }
});

test('a campaign with more members, retrainings or text than an installation bears is refused before any member is made', async () => {
  const many = (length: number) => Array.from({ length }, (_, index) => index);
  const large = {
    name: 'large',
    methods: many(100).map((index) => ({ name: `m${index}`, profile: 'random' })),
    benchmarks: many(100).map((index) => ({ name: `b${index}`, space: 'toy_cell', data: 'cifar10' })),
    seeds: many(1000),
  };
  const begun = performance.now();
  const read = await readCampaign(large, known);
  expect(performance.now() - begun).toBeLessThan(1000);
  expect(read.ok ? [] : read.faults.filter(({ path }) => path === 'seeds')).toEqual([
    {
      path: 'seeds',
      found: '10000000 members (methods × benchmarks × seeds)',
      allowed: 'at most 10000 members',
      message:
        'found 10000000 members (methods × benchmarks × seeds); allowed: at most 10000 members. Split the campaign',
    },
  ]);
  const sets = { ...campaign, seeds: many(1000), retrain: many(100).map((epochs) => ({ epochs: epochs + 1 })) };
  expect(await pathsOf(sets)).toEqual(['retrain']);
  const text = 'x'.repeat(600_000);
  expect(await pathsOf({ ...campaign, methods: [{ name: 'm', profile: { method: 'darts', text } }] })).toEqual(['']);
});

test('an input that is no campaign at all is told so', async () => {
  expect(await pathsOf(7)).toEqual(['']);
  expect(await pathsOf({})).toEqual(['name', 'methods', 'benchmarks', 'seeds']);
});

test('a fault says what was found and what is allowed', async () => {
  const read = await readCampaign({ ...campaign, seeds: ['one'], benchmarks: [] }, known);
  expect(read.ok ? [] : read.faults.map(({ path, found, allowed }) => [path, found, allowed])).toEqual([
    ['benchmarks', '[]', 'a list of at least 1'],
    ['seeds[0]', '"one"', 'a number'],
  ]);
});

test('searches and retrainings may have their settings fitted to the data', async () => {
  const [benchmark] = campaign.benchmarks;
  const fitted = (fit: unknown) => ({
    ...campaign,
    benchmarks: [{ ...benchmark, search: { fit }, retrain: [{ fit }] }],
  });
  expect(await pathsOf(fitted(true))).toEqual([]);
  expect(new Set(await pathsOf(fitted('yes')))).toEqual(
    new Set(['benchmarks[0].search.fit', 'benchmarks[0].retrain[0].fit']),
  );
});

test('data sets are looked at by the image rule of their benchmark', async () => {
  const [benchmark] = campaign.benchmarks;
  const rule = { imageSize: [24, 32], resize: 'pad', skipUnreadable: true };
  const asked: NamedData[] = [];
  const data = { name: 'pictures', ...rule };
  await readCampaign(
    { ...campaign, benchmarks: [{ ...benchmark, data }] },
    {
      ...known,
      identifyData: async (named) => {
        asked.push(named);
        return { ok: true, data: { ...named, digest: contents } };
      },
    },
  );
  expect(asked).toEqual([data]);
});
