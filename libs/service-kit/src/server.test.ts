import { setTimeout as pause } from 'node:timers/promises';
import { Client, credentials, Metadata, Server, ServerCredentials, type StatusObject } from '@grpc/grpc-js';
import { type GetRunRequest, Run, SearcherServiceClient, SearcherServiceService } from '@oneshot/contracts';
import { afterEach, expect, test } from 'vitest';
import type { CallContext } from './call-context.js';
import { connect } from './client.js';
import { type Handlers, serve } from './handlers.js';
import { checkHealth, waitUntilServing } from './health-check.js';
import { createLogger } from './logger.js';
import { startServer } from './server.js';
import type { RunningServer, ServerOptions } from './server-types.js';
import { Code, invalidArgument, notFound, ServiceError } from './service-error.js';
import { decodeStatusDetails, detailsKey } from './status-details.js';

type SearchHandlers = Handlers<typeof SearcherServiceService>;

const lines: Record<string, unknown>[] = [];
const logger = createLogger({
  name: 'test',
  level: 'debug',
  destination: { write: (line: string) => lines.push(JSON.parse(line)) },
});

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
  lines.length = 0;
});

const unused = async () => {
  throw new Error('secret detail of the inside');
};

async function started(
  handlers: Partial<SearchHandlers>,
  options: Partial<ServerOptions> = {},
): Promise<{ server: RunningServer; client: ReturnType<typeof connect<typeof SearcherServiceService>> }> {
  const all: SearchHandlers = {
    submitSearch: unused,
    getSearch: unused,
    listSearches: unused,
    async *watchSearch() {
      yield* [];
    },
    cancelSearch: unused,
    ...handlers,
  };
  const services = [serve(SearcherServiceService, all)];
  const server = await startServer({ name: 'searcher', port: 0, services, logger, ...options });
  const client = connect(SearcherServiceClient, server.address);
  closing.push(
    () => server.shutdown(100),
    () => client.close(),
  );
  return { server, client };
}

async function failure(promise: Promise<unknown>): Promise<ServiceError> {
  const error = await promise.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof ServiceError)) throw new Error(`expected a ServiceError, found ${error}`);
  return error;
}

test('every field at fault reaches the client, with what was found and what is allowed', async () => {
  const faults = [
    { path: 'search.epochs', found: '0', allowed: 'an integer of at least 1', message: 'must be at least 1' },
    { path: 'space', found: '', allowed: 'toy_cell, darts', message: 'is missing – gefehlt' },
  ];
  const { client } = await started({
    submitSearch: async () => {
      throw invalidArgument(faults);
    },
  });
  const error = await failure(client.submitSearch({ spec: {}, retry: false }));
  expect(error.code).toBe(Code.INVALID_ARGUMENT);
  expect(error.reason).toBe('INVALID_SPEC');
  expect(error.fields).toEqual(faults);
  expect(error.message).toContain('search.epochs: must be at least 1');
});

test('a client without our code reads google.rpc.Status with ErrorInfo and BadRequest from the trailers', async () => {
  const { server } = await started({
    getSearch: async ({ id }) => {
      throw notFound('search run', id);
    },
  });
  const plain = new Client(server.address, credentials.createInsecure());
  closing.push(() => plain.close());
  const method = SearcherServiceService.getSearch;
  const metadata = await new Promise<Metadata>((resolve) => {
    plain.makeUnaryRequest(
      method.path,
      method.requestSerialize,
      method.responseDeserialize,
      { id: 'x' },
      new Metadata(),
      (error) => resolve(error?.metadata ?? new Metadata()),
    );
  });
  const bytes = metadata.get(detailsKey)[0] as Buffer;
  expect(decodeStatusDetails(bytes).reason).toBe('SEARCH_RUN_NOT_FOUND');
  // google.rpc.Status: field 1 (code) is varint 5, NOT_FOUND; field 3 holds an Any with ErrorInfo.
  expect([...bytes.subarray(0, 2)]).toEqual([8, 5]);
  expect(bytes.toString('latin1')).toContain('type.googleapis.com/google.rpc.ErrorInfo');
});

test('hundreds of faults are cut down to what a header may carry instead of breaking the call', async () => {
  const faults = Array.from({ length: 500 }, (_, index) => ({
    path: `methods[${index}].name`,
    found: 'x'.repeat(40),
    allowed: 'darts, gdas, drnas',
    message: 'unknown method',
  }));
  const { client } = await started({
    submitSearch: async () => {
      throw invalidArgument(faults);
    },
  });
  const error = await failure(client.submitSearch({ spec: {}, retry: false }));
  expect(error.code).toBe(Code.INVALID_ARGUMENT);
  expect(error.fields.length).toBeGreaterThan(5);
});

test('an unexpected exception is INTERNAL with an id that the log tells of, and nothing of the inside', async () => {
  const { client } = await started({});
  const error = await failure(client.getSearch({ id: 'x' }));
  expect(error.code).toBe(Code.INTERNAL);
  expect(error.message).not.toContain('secret detail');
  const id = error.message.match(/[0-9a-f-]{36}/)?.[0];
  const line = lines.find(({ errorId }) => errorId === id);
  expect(JSON.stringify(line)).toContain('secret detail of the inside');
});

test('one line per call tells method, code, duration and peer, for those who ask for that much', async () => {
  const { client } = await started({ getSearch: async () => ({ run: undefined }) });
  await client.getSearch({ id: 'x' });
  await pause(20);
  const line = lines.find(({ msg }) => msg === 'call');
  expect(line).toMatchObject({ method: '/oneshot.v1.SearcherService/GetSearch', code: 'OK', level: 'debug' });
  expect(line?.durationMs).toBeTypeOf('number');
  expect(line?.peer).toContain('127.0.0.1');
});

test('a call that failed by the fault of the server is a warning, one that was refused is none', async () => {
  const { client } = await started({
    getSearch: async ({ id }) => {
      throw notFound('search run', id);
    },
  });
  await failure(client.getSearch({ id: 'x' }));
  await failure(client.cancelSearch({ id: 'x' }));
  await pause(20);
  const told = lines.filter(({ msg }) => msg === 'call').map(({ code, level }) => [code, level]);
  expect(told).toEqual([
    ['NOT_FOUND', 'debug'],
    ['INTERNAL', 'warn'],
  ]);
});

test('a deadline ends the call at the client and aborts the signal of the handler', async () => {
  let seen: CallContext | undefined;
  const { client } = await started({
    getSearch: async (_: GetRunRequest, context) => {
      seen = context;
      await pause(5000, undefined, { signal: context.signal }).catch(() => undefined);
      return { run: undefined };
    },
  });
  const error = await failure(client.getSearch({ id: 'x' }, { deadlineMs: 200 }));
  expect(error.code).toBe(Code.DEADLINE_EXCEEDED);
  await expect.poll(() => seen?.signal.aborted).toBe(true);
});

test('cancelling at the client aborts the signal of the handler', async () => {
  let seen: CallContext | undefined;
  const { client } = await started({
    async *watchSearch(_, context) {
      seen = context;
      yield { sequence: 1, firstSequence: 1, run: undefined };
      await pause(5000, undefined, { signal: context.signal });
    },
  });
  for await (const update of client.watchSearch({ id: 'x', afterSequence: 0 })) {
    expect(update.sequence).toBe(1);
    break;
  }
  await expect.poll(() => seen?.signal.aborted).toBe(true);
});

test('a message above the limit is RESOURCE_EXHAUSTED, and the server serves on', async () => {
  const { client } = await started({ getSearch: async () => ({ run: undefined }) }, { maxMessageBytes: 10_000 });
  const error = await failure(client.submitSearch({ spec: { text: 'x'.repeat(20_000) }, retry: false }));
  expect(error).toMatchObject({ code: Code.RESOURCE_EXHAUSTED, reason: 'MESSAGE_TOO_LARGE' });
  expect(await client.getSearch({ id: 'x' })).toEqual({ run: undefined });
});

test('an answer above the limit is refused with the method and both sizes, in a list and in a stream', async () => {
  const run = Run.fromPartial({ spec: { text: 'x'.repeat(20_000) } });
  const { client } = await started(
    {
      getSearch: async () => ({ run }),
      async *watchSearch() {
        yield { sequence: 1, firstSequence: 1, run: undefined };
        yield { sequence: 2, firstSequence: 2, run };
      },
    },
    { maxMessageBytes: 10_000 },
  );
  const refused = { code: Code.RESOURCE_EXHAUSTED, reason: 'RESPONSE_TOO_LARGE' };
  const error = await failure(client.getSearch({ id: 'x' }));
  expect(error).toMatchObject(refused);
  expect(error.message).toMatch(/GetSearch has 2\d{4} bytes; a message has at most 10000/);
  const told: number[] = [];
  const watch = async () => {
    for await (const { sequence } of client.watchSearch({ id: 'x', afterSequence: 0 })) told.push(sequence);
  };
  expect(await failure(watch())).toMatchObject(refused);
  expect(told).toEqual([1]);
});

/** The status of a call with these bytes as its message. */
async function rawCall(address: string, bytes: Uint8Array): Promise<StatusObject> {
  const plain = new Client(address, credentials.createInsecure());
  closing.push(() => plain.close());
  const asIs = (message: Buffer) => message;
  const { path } = SearcherServiceService.watchSearch;
  const call = plain.makeServerStreamRequest(path, asIs, asIs, Buffer.from(bytes), new Metadata());
  call.on('error', () => undefined).resume();
  return new Promise((resolve) => call.on('status', resolve));
}

test('what cannot be decoded is the fault of its sender, with details as of every failed call', async () => {
  const { server } = await started({});
  // after_sequence (field 2) of 2^60, a truncated text, bytes of no message at all.
  const overlarge = [0x10, ...Array(8).fill(0x80), 0x10];
  for (const bytes of [overlarge, [0x0a, 0x7f, 0x41], [0xff, 0xff, 0xff]]) {
    const status = await rawCall(server.address, Uint8Array.from(bytes));
    expect(status.code).toBe(Code.INVALID_ARGUMENT);
    const [details] = status.metadata.get(detailsKey);
    expect(decodeStatusDetails(details as Buffer).reason).toBe('UNREADABLE_MESSAGE');
  }
});

test('of many faults as many are told as fit, how many there are besides, and one message everywhere', async () => {
  const faults = Array.from({ length: 60 }, (_, index) => ({
    path: `benchmarks[${index}].data`,
    found: `"imagenet ${index} 😀"`,
    allowed: 'fashion-mnist, fashion-mnist-sample, mnist, cifar10',
    message: `found no data set of that name – ${'ä'.repeat(80)}`,
  }));
  const { client, server } = await started({
    submitSearch: async () => {
      throw invalidArgument(faults);
    },
    async *watchSearch() {
      yield* [];
      throw new ServiceError({ code: Code.DATA_LOSS, reason: 'LONG', message: '😀'.repeat(3000) });
    },
  });
  const error = await failure(client.submitSearch({ spec: {}, retry: false }));
  expect(error.fields.length).toBeGreaterThan(3);
  expect(error.fields).toEqual(faults.slice(0, error.fields.length));
  expect(error.fields.length + error.moreFields).toBe(60);
  const told = error.message.split('; ').filter((part) => part.startsWith('benchmarks[')).length;
  expect(error.message).toMatch(new RegExp(`; and ${60 - told} more$`));

  const { details, metadata } = await rawCall(server.address, new Uint8Array());
  const [copy] = metadata.get(detailsKey);
  expect(Buffer.from(copy as Buffer).includes(details)).toBe(true);
  expect(details.endsWith('…')).toBe(true);
});

test('a port in use is told in a plain sentence', async () => {
  const { server } = await started({});
  const error = await failure(startServer({ name: 'trainer', port: server.port, services: [], logger }));
  expect(error.reason).toBe('PORT_IN_USE');
  expect(error.message).toBe(
    `trainer cannot listen on 127.0.0.1:${server.port}: another program listens there already. Stop it or choose another port.`,
  );
});

test('a call waits for a server that comes up late, and gives up in the end on one that never comes', async () => {
  const { server } = await started({});
  const { port } = server;
  await server.shutdown(0);
  const client = connect(SearcherServiceClient, `127.0.0.1:${port}`);
  closing.push(() => client.close());
  const early = client.getSearch({ id: 'x' });
  await pause(300);
  await started({ getSearch: async () => ({ run: undefined }) }, { port });
  expect(await early).toEqual({ run: undefined });

  const nowhere = connect(SearcherServiceClient, '127.0.0.1:1', { retry: { attempts: 2 } });
  closing.push(() => nowhere.close());
  expect((await failure(nowhere.getSearch({ id: 'x' }))).code).toBe(Code.UNAVAILABLE);
});

test('shutdown lets a running call finish, ends streams, and turns health off', async () => {
  const { server, client } = await started({
    getSearch: async () => {
      await pause(300);
      return { run: undefined };
    },
    async *watchSearch(_, context) {
      yield { sequence: 1, firstSequence: 1, run: undefined };
      await pause(60_000, undefined, { signal: context.signal });
    },
  });
  await waitUntilServing(server.address);
  const running = client.getSearch({ id: 'x' });
  const watched = failure(
    (async () => {
      for await (const _ of client.watchSearch({ id: 'x', afterSequence: 0 }));
    })(),
  );
  await pause(100);
  const begun = Date.now();
  await server.shutdown(5000);
  expect(Date.now() - begun).toBeLessThan(2000);
  expect(await running).toEqual({ run: undefined });
  expect((await watched).reason).toBe('SHUTTING_DOWN');
  expect(await checkHealth(server.address)).toBe(false);
});

test('shutdown aborts what still runs after the grace', async () => {
  const { server, client } = await started({ getSearch: () => new Promise(() => undefined) });
  const stuck = failure(client.getSearch({ id: 'x' }, { retry: { attempts: 1 } }));
  await pause(100);
  await server.shutdown(100);
  expect((await stuck).code).toBe(Code.UNAVAILABLE);
});

test('reflection lists the services and health answers by name', async () => {
  const { server } = await started({});
  expect(await checkHealth(server.address, 'oneshot.v1.SearcherService')).toBe(true);
  expect(await checkHealth(server.address, 'oneshot.v1.TrainerService')).toBe(false);
  const client = new Client(server.address, credentials.createInsecure());
  closing.push(() => client.close());
  const bytes = (value: Buffer) => value;
  // ServerReflectionRequest { list_services = 7: "" } and a response that names each service as
  // text.
  const stream = client.makeBidiStreamRequest(
    '/grpc.reflection.v1.ServerReflection/ServerReflectionInfo',
    bytes,
    bytes,
  );
  const answer = new Promise<Buffer>((resolve, reject) => stream.on('data', resolve).on('error', reject));
  stream.write(Buffer.from([0x3a, 0x00]));
  expect((await answer).toString('latin1')).toContain('oneshot.v1.SearcherService');
  stream.end();
});

test('a status of a server that is not ours is read as far as it goes', async () => {
  const foreign = new Server();
  foreign.addService(SearcherServiceService as never, {
    getSearch: (_: unknown, callback: (error: object) => void) =>
      callback({ code: Code.FAILED_PRECONDITION, details: 'no' }),
  });
  const port = await new Promise<number>((resolve, reject) => {
    foreign.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    );
  });
  const client = connect(SearcherServiceClient, `127.0.0.1:${port}`);
  closing.push(
    () => client.close(),
    () => foreign.forceShutdown(),
  );
  const error = await failure(client.getSearch({ id: 'x' }));
  expect(error).toMatchObject({ code: Code.FAILED_PRECONDITION, reason: 'FAILED_PRECONDITION', message: 'no' });
});
