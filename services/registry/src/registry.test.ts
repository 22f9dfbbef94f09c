import { execFileSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RegistryServiceService } from '@oneshot/contracts';
import { type CleanOptions, RegistryServiceClient } from '@oneshot/contracts';
import { createInProcessBus } from '@oneshot/events';
import { checkpointMediaType, downloadArtifact, uploadArtifact } from '@oneshot/jobs';
import {
  Code,
  connect,
  createLogger,
  type RunningServer,
  type ServiceClient,
  ServiceError,
} from '@oneshot/service-kit';
import { mayMount, needs } from '@oneshot/test/needs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startRegistry } from './start-registry.js';

let directory: string;
let server: RunningServer;
let registry: ServiceClient<typeof RegistryServiceService>;
const events: string[] = [];

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'oneshot-registry-'));
  await start();
});
afterEach(async () => {
  registry.close();
  await server.shutdown(0);
  rmSync(directory, { recursive: true, force: true });
});

async function start(): Promise<void> {
  const bus = createInProcessBus();
  events.length = 0;
  await bus.subscribe({
    durable: 'test',
    types: ['oneshot.>'],
    deliver: async ({ type }) => {
      events.push(type);
    },
  });
  server = await startRegistry({
    database: { driver: 'sqlite', path: join(directory, 'registry.sqlite') },
    artifacts: { driver: 'files', directory: join(directory, 'artifacts') },
    bus,
    port: 0,
    logger: createLogger({ name: 'test', level: 'silent' }),
  });
  registry = connect(RegistryServiceClient, server.address);
}

async function failure(promise: Promise<unknown>): Promise<ServiceError> {
  const error = await promise.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof ServiceError)) throw new Error(`expected a ServiceError, found ${error}`);
  return error;
}

const signal = new AbortController().signal;
const digestOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

async function put(bytes: Buffer, mediaType = 'application/octet-stream'): Promise<string> {
  const path = join(directory, 'upload');
  writeFileSync(path, bytes);
  return uploadArtifact(registry, path, mediaType, { signal, fullDisk: 'fail' });
}

const notation =
  "Genotype(normal=[('sep_conv_3x3', 0), ('sep_conv_3x3', 1), ('sep_conv_3x3', 0), ('skip_connect', 1), ('skip_connect', 0), ('dil_conv_3x3', 2), ('skip_connect', 0), ('sep_conv_3x3', 1)], normal_concat=range(2, 6), reduce=[('max_pool_3x3', 0), ('max_pool_3x3', 1), ('skip_connect', 2), ('max_pool_3x3', 0), ('max_pool_3x3', 0), ('skip_connect', 2), ('skip_connect', 2), ('max_pool_3x3', 0)], reduce_concat=range(2, 6))";

const register = (text: string, runId = '') =>
  registry.registerGenotype({ space: { name: 'darts' }, form: { $case: 'notation', value: text }, runId });

test('artifacts of several megabytes go up and come down bit for bit, also after a restart', async () => {
  const bytes = randomBytes(5_000_001);
  const digest = await put(bytes, 'application/onnx');
  expect(digest).toBe(digestOf(bytes));
  expect(await put(bytes)).toBe(digest);
  registry.close();
  await server.shutdown(0);
  await start();
  const path = join(directory, 'download');
  await downloadArtifact(registry, digest, path, { signal });
  expect(readFileSync(path).equals(bytes)).toBe(true);
  const { artifact } = await registry.statArtifact({ digest });
  expect(artifact).toEqual({ digest, size: bytes.length, mediaType: 'application/onnx' });
});

test('bytes that are not those announced are DATA_LOSS, and nothing is stored', async () => {
  const digest = digestOf(Buffer.from('hello'));
  const sent = registry.putArtifact([
    { part: { $case: 'header', value: { digest, size: 5, mediaType: 'text/plain' } } },
    { part: { $case: 'chunk', value: Buffer.from('jello') } },
  ]);
  expect(await failure(sent)).toMatchObject({ code: Code.DATA_LOSS, reason: 'ARTIFACT_MISMATCH' });
  expect((await failure(registry.statArtifact({ digest }))).code).toBe(Code.NOT_FOUND);
});

test('a header with three mistakes is refused with all three', async () => {
  const value = { digest: 'ABC', size: -1, mediaType: '' };
  const error = await failure(registry.putArtifact([{ part: { $case: 'header', value } }]));
  expect(error.code).toBe(Code.INVALID_ARGUMENT);
  expect(error.fields.map(({ path }) => path)).toEqual(['header.digest', 'header.size', 'header.media_type']);
});

test('a damaged artifact is DATA_LOSS for the reader', async () => {
  const digest = await put(Buffer.from('hello world'));
  truncateSync(join(directory, 'artifacts', 'sha256', digest.slice(0, 2), digest.slice(2, 4), digest), 4);
  const path = join(directory, 'download');
  const error = await failure(downloadArtifact(registry, digest, path, { signal }));
  expect(error).toMatchObject({ code: Code.DATA_LOSS, reason: 'ARTIFACT_CORRUPT' });
});

test('an artifact whose bytes have changed at the same length is told of, and whole again after the next upload', async () => {
  const bytes = Buffer.from('hello world');
  const digest = await put(bytes);
  writeFileSync(join(directory, 'artifacts', 'sha256', digest.slice(0, 2), digest.slice(2, 4), digest), 'jello world');
  const told = await failure(registry.statArtifact({ digest }));
  expect(told).toMatchObject({ code: Code.DATA_LOSS, reason: 'ARTIFACT_CORRUPT' });
  expect(told.message).not.toContain(directory);
  expect(await put(bytes)).toBe(digest);
  const path = join(directory, 'download');
  await downloadArtifact(registry, digest, path, { signal });
  expect(readFileSync(path).equals(bytes)).toBe(true);
});

test('an artifact announced larger than the registry takes is refused with the bound', async () => {
  const value = { digest: '0'.repeat(64), size: 3 * 1024 ** 3, mediaType: 'text/plain' };
  const error = await failure(registry.putArtifact([{ part: { $case: 'header', value } }]));
  expect(error.fields).toMatchObject([{ path: 'header.size', allowed: 'a number of bytes, 0 to 2147483648' }]);
});

test('a genotype has one identity, whether in notation or JSON, in whatever order its edges are written', async () => {
  const first = await register(notation, 'run-1');
  expect(first.created).toBe(true);
  const swapped = notation.replace(
    "('sep_conv_3x3', 0), ('sep_conv_3x3', 1), ('sep_conv_3x3', 0), ('skip_connect', 1)",
    "('sep_conv_3x3', 1), ('sep_conv_3x3', 0), ('skip_connect', 1), ('sep_conv_3x3', 0)",
  );
  expect(swapped).not.toBe(notation);
  const second = await register(swapped, 'run-2');
  const json = await registry.registerGenotype({
    space: { name: 'darts' },
    form: { $case: 'genotype', value: first.genotype?.genotype },
    runId: '',
  });
  expect([second.created, json.created]).toEqual([false, false]);
  expect([second.genotype?.id, json.genotype?.id]).toEqual([first.genotype?.id, first.genotype?.id]);
  const { edges } = await registry.getLineage({ id: first.genotype?.id ?? '' });
  expect(edges.map(({ from, relation }) => [from, relation]).sort()).toEqual([
    ['run-1', 'found'],
    ['run-2', 'found'],
  ]);
  await expect.poll(() => events).toEqual(['oneshot.genotype.registered']);
});

test('a genotype with a cycle and an unknown operation is refused with both faults, and not stored', async () => {
  const edge = (op: string, from: number) => ({ op, from });
  const nodes = [
    [edge('sep_conv_3x3', 0), edge('sep_conv_9x9', 1)],
    [edge('sep_conv_3x3', 3), edge('skip_connect', 1)],
    [edge('sep_conv_3x3', 0), edge('skip_connect', 1)],
    [edge('sep_conv_3x3', 0), edge('skip_connect', 1)],
  ];
  const cell = { nodes, concat: [2, 3, 4, 5] };
  const value = { space: 'darts', cells: { normal: cell, reduce: cell } };
  const form = { $case: 'genotype' as const, value };
  const error = await failure(registry.registerGenotype({ space: { name: 'darts' }, form, runId: '' }));
  expect(error).toMatchObject({ code: Code.INVALID_ARGUMENT, reason: 'INVALID_GENOTYPE' });
  const told = error.fields.map(({ path, message }) => `${path}: ${message}`).join('\n');
  expect(told).toContain('sep_conv_9x9');
  expect(told).toMatch(/nodes\[1\]/);
  expect((await registry.listGenotypes({ pageSize: 0, pageToken: '', space: '' })).genotypes).toEqual([]);
});

test('an unknown space is refused with the names of those known', async () => {
  const form = { $case: 'notation' as const, value: notation };
  const error = await failure(registry.registerGenotype({ space: { name: 'darst' }, form, runId: '' }));
  expect(error.reason).toBe('INVALID_SPACE');
  expect(error.message).toContain('nasbench201');
});

test('a model needs its genotype and its file, is stored once, and its descent is told over all generations', async () => {
  const { genotype } = await register(notation, 'search-1');
  const onnx = await put(Buffer.from('onnx'), 'application/onnx');
  const model = {
    id: '',
    genotypeId: genotype?.id ?? '',
    trainingRunId: 'training-1',
    onnx,
    dataset: 'fashion-mnist',
    parameters: 1234,
    testAccuracy: 0.91,
    createdAt: undefined,
  };
  const wrong = await failure(registry.registerModel({ model: { ...model, genotypeId: 'x', onnx: 'y' } }));
  expect(wrong.fields.map(({ path }) => path)).toEqual(['model.genotype_id', 'model.onnx']);
  const first = await registry.registerModel({ model });
  const again = await registry.registerModel({ model });
  expect([first.created, again.created]).toEqual([true, false]);
  expect(again.model).toEqual(first.model);
  const { models } = await registry.listModels({ pageSize: 0, pageToken: '', genotypeId: model.genotypeId });
  expect(models).toEqual([first.model]);
  const { edges } = await registry.getLineage({ id: onnx });
  expect(edges.map(({ from, relation }) => `${from.slice(0, 10)} ${relation}`).sort()).toEqual(
    [
      'search-1 found',
      `${model.genotypeId.slice(0, 10)} trained_into`,
      'training-1 trained_into',
      `${first.model?.id.slice(0, 10)} exported_as`,
    ].sort(),
  );
  expect(await registry.releaseCheckpoint({ digest: onnx, runId: 'training-1' })).toEqual({ deleted: false });
  expect((await registry.statArtifact({ digest: onnx })).artifact?.digest).toBe(onnx);
});

test('what never was a checkpoint of the run is not deleted with its checkpoints', async () => {
  const history = await put(Buffer.from('{"epochs":[]}'), 'application/json');
  expect(await registry.releaseCheckpoint({ digest: history, runId: 'run-1' })).toEqual({ deleted: false });
  await registry.recordLineage({ edges: [{ from: history, relation: 'checkpoint_of', to: 'run-1' }] });
  expect(await registry.releaseCheckpoint({ digest: history, runId: 'run-1' })).toEqual({ deleted: false });
  const checkpoint = await put(Buffer.from('of another run'), checkpointMediaType);
  expect(await registry.releaseCheckpoint({ digest: checkpoint, runId: 'run-1' })).toEqual({ deleted: false });
  for (const digest of [history, checkpoint]) {
    expect((await registry.statArtifact({ digest })).artifact?.digest).toBe(digest);
  }
});

test('a checkpoint stays for as long as one run needs it', async () => {
  const digest = await put(Buffer.from('old checkpoint'), checkpointMediaType);
  const edge = (to: string) => ({ from: digest, relation: 'checkpoint_of', to });
  await registry.recordLineage({ edges: [edge('run-1'), edge('run-2')] });
  expect(await registry.releaseCheckpoint({ digest, runId: 'run-1' })).toEqual({ deleted: false });
  expect((await registry.statArtifact({ digest })).artifact?.digest).toBe(digest);
  expect(await registry.releaseCheckpoint({ digest, runId: 'run-2' })).toEqual({ deleted: true });
  expect(await registry.releaseCheckpoint({ digest, runId: 'run-2' })).toEqual({ deleted: false });
  expect((await failure(registry.statArtifact({ digest }))).code).toBe(Code.NOT_FOUND);
});

test('metric points are stored once, NaN included, and read in pages', async () => {
  const points = Array.from({ length: 2500 }, (_, step) => ({
    name: step % 2 ? 'train_loss' : 'validation_loss',
    step,
    value: step === 7 ? Number.NaN : step / 2,
  }));
  await registry.recordMetrics({ runId: 'run', points });
  await registry.recordMetrics({ runId: 'run', points: points.slice(0, 10).map((point) => ({ ...point, value: -1 })) });
  const read = [];
  let pageToken = '';
  do {
    const query = { runId: 'run', names: ['train_loss'], afterStep: 0, pageSize: 500, pageToken };
    const page = await registry.queryMetrics(query);
    read.push(...page.points);
    pageToken = page.nextPageToken;
  } while (pageToken !== '');
  expect(read).toEqual(points.filter(({ name }) => name === 'train_loss'));
  const query = { runId: 'run', names: [], afterStep: 2490, pageSize: 0, pageToken: '' };
  expect((await registry.queryMetrics(query)).points).toHaveLength(9);
});

test('lists are paged, and a foreign page token is refused', async () => {
  const other = notation.replace('dil_conv_3x3', 'dil_conv_5x5');
  await register(notation);
  await register(other);
  const first = await registry.listGenotypes({ pageSize: 1, pageToken: '', space: 'darts' });
  const rest = { pageSize: 1, pageToken: first.nextPageToken, space: 'darts' };
  const second = await registry.listGenotypes(rest);
  expect(second.nextPageToken).toBe('');
  expect(new Set([...first.genotypes, ...second.genotypes].map(({ id }) => id)).size).toBe(2);
  const error = await failure(registry.listGenotypes({ pageSize: 1, pageToken: 'abc', space: '' }));
  expect(error.reason).toBe('INVALID_PAGE_TOKEN');
});

test('a registry without leave to delete only tells what could go; a short grace and odd digests are refused', async () => {
  await put(Buffer.from('needed by nobody'));
  const cleaned = (options: CleanOptions, digests: string[] = []) =>
    failure(
      registry.cleanArtifacts([
        { part: { $case: 'options', value: options } },
        { part: { $case: 'keep', value: { digests } } },
      ]),
    );
  expect((await cleaned({ graceSeconds: 3600, delete: true })).reason).toBe('CLEANING_NOT_ALLOWED');
  const short = await cleaned({ graceSeconds: 60, delete: false });
  expect(short.fields).toMatchObject([{ path: 'options.grace_seconds', found: '60' }]);
  const odd = await cleaned({ graceSeconds: 3600, delete: false }, ['x']);
  expect(odd.fields).toMatchObject([{ path: 'keep.digests[0]', found: 'x' }]);
  const unordered = [{ part: { $case: 'keep' as const, value: { digests: [] } } }];
  expect((await failure(registry.cleanArtifacts(unordered))).fields).toMatchObject([{ path: 'options' }]);
});

test('descent that goes on beyond what an answer holds says so, and tells the nearest', async () => {
  const chain = Array.from({ length: 2500 }, (_, index) => {
    return { from: `thing ${index}`, relation: 'trained_into', to: `thing ${index + 1}` };
  });
  const fan = Array.from({ length: 10_000 }, (_, index) => {
    return { from: 'thing 2500', relation: 'reported_in', to: `report ${index}` };
  });
  for (const all of [chain, fan]) {
    for (let begin = 0; begin < all.length; begin += 1000) {
      await registry.recordLineage({ edges: all.slice(begin, begin + 1000) });
    }
  }
  expect(await registry.getLineage({ id: 'report 7' })).toMatchObject({ edges: { length: 2501 }, truncated: false });
  const { edges, truncated } = await registry.getLineage({ id: 'thing 2500' });
  expect([edges.length, truncated]).toEqual([10_000, true]);
  expect(edges.filter(({ relation }) => relation === 'trained_into')).toEqual(chain);
}, 60_000);

test('an edge of an unknown relation is refused with the relations there are', async () => {
  const error = await failure(registry.recordLineage({ edges: [{ from: 'a', relation: 'begat', to: 'b' }] }));
  expect(error.fields[0]).toMatchObject({ path: 'edges[0].relation', found: 'begat' });
});

const smallDisk = needs('the right to mount a small file system', mayMount());

test('a full disk is RESOURCE_EXHAUSTED for the sender, and small things go on', smallDisk, async () => {
  const small = join(directory, 'artifacts', 'sha256');
  const incoming = join(directory, 'artifacts');
  mkdirSync(small, { recursive: true });
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', incoming]);
  try {
    mkdirSync(join(incoming, 'incoming'));
    const error = await failure(put(randomBytes(4_000_000)));
    expect(error).toMatchObject({ code: Code.RESOURCE_EXHAUSTED, reason: 'DISK_FULL' });
    const digest = await put(Buffer.from('small'));
    expect((await registry.statArtifact({ digest })).artifact?.size).toBe(5);
  } finally {
    execFileSync('umount', ['--lazy', incoming]);
  }
});
