import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { type Embedded, startEmbedded } from '@oneshot/cli';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { repository } from './harness/processes.js';
import { tinyDataset, writeTinyDataset } from './harness/tiny-dataset.js';
import { needs } from './needs.js';

const directory = mkdtempSync(join(tmpdir(), 'oneshot-reflection-'));
const run = promisify(execFile);
let embedded: Embedded;

beforeAll(async () => {
  writeTinyDataset(directory);
  embedded = await startEmbedded({ dataDir: join(directory, 'state'), dataDirs: [directory], workers: 0 });
}, 60_000);
afterAll(async () => {
  await embedded.shutdown();
  rmSync(directory, { recursive: true, force: true });
});

const search = JSON.stringify({ spec: { space: 'toy_cell', profile: 'random', data: { name: tinyDataset } } });

/** grpcurl where it is on the path, or where Go's tool chain puts it; undefined elsewhere. */
function findGrpcurl(): string | undefined {
  const { PATH = '', GOBIN, GOPATH, HOME = '' } = process.env;
  const go = GOBIN ?? join(GOPATH ?? join(HOME, 'go'), 'bin');
  return [...PATH.split(delimiter), go].map((folder) => join(folder, 'grpcurl')).find((path) => existsSync(path));
}

const grpcurl = findGrpcurl();

describe('grpcurl, knowing nothing but the address,', needs('grpcurl', grpcurl !== undefined), () => {
  const call = async (...args: string[]) => (await run(grpcurl ?? '', ['-plaintext', ...args])).stdout;

  test('lists, describes and calls every service', async () => {
    for (const [name, address] of Object.entries(embedded.addresses)) {
      const services = (await call(address, 'list')).trim().split('\n');
      expect(services).toContain(`oneshot.v1.${name[0]?.toUpperCase()}${name.slice(1)}Service`);
      for (const service of services) expect(await call(address, 'describe', service)).toContain('is a service:');
      expect(JSON.parse(await call(address, 'grpc.health.v1.Health/List'))).toMatchObject({
        statuses: { '': { status: 'SERVING' } },
      });
    }
  }, 120_000);

  test('calls with free-form fields, and shows maps, times and comments', async () => {
    const { searcher } = embedded.addresses;
    const answer = JSON.parse(await call('-d', search, searcher, 'oneshot.v1.SearcherService/SubmitSearch'));
    expect(answer).toMatchObject({ run: { spec: { data: { name: tinyDataset } }, createdAt: expect.any(String) } });
    const described = await call(searcher, 'describe', 'oneshot.v1.Progress');
    expect(described).toContain('map<string, double> metrics = 6;');
    expect(described).toContain('// How far a run is.');
    const errors = await run(grpcurl ?? '', [
      '-plaintext',
      '-d',
      '{}',
      searcher,
      'oneshot.v1.SearcherService/GetSearch',
    ])
      .then(() => '')
      .catch((error: { readonly stderr: string }) => error.stderr);
    expect(errors).toContain('Code: NotFound');
  }, 60_000);
});

test('buf curl, knowing nothing but the address, calls with free-form fields', async () => {
  const url = `http://${embedded.addresses.searcher}/oneshot.v1.SearcherService/SubmitSearch`;
  const buf = join(repository, 'node_modules/.bin/buf');
  const { stdout } = await run(buf, ['curl', '--protocol', 'grpc', '--http2-prior-knowledge', '-d', search, url]);
  expect(JSON.parse(stdout)).toMatchObject({ run: { spec: { data: { name: tinyDataset } } } });
}, 60_000);
