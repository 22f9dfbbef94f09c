import type { DescMethod } from '@bufbuild/protobuf';
import { Client, status as Code, credentials } from '@grpc/grpc-js';
import { errorFromStatus } from '@oneshot/service-kit';
import { call, type Outcome } from './call.js';
import { Random } from './random.js';
import { methodsOf } from './rpcs.js';
import { WireMessages } from './wire-message.js';

export interface FuzzOptions {
  /** Address of each service, by its name in the contract, such as `SearcherService`. */
  readonly services: readonly (readonly [service: string, address: string])[];
  readonly requests: number;
  readonly seed: number;
  /** What no answer may hold: places on the server's machine. */
  readonly secrets: readonly string[];
  /** Told now and then how many requests are done. */
  readonly onProgress?: (done: number) => void;
}

export interface FuzzSummary {
  /** How often each method answered with each code: `SearcherService/GetSearch NOT_FOUND`. */
  readonly answers: ReadonlyMap<string, number>;
  /** What must not happen, with enough to find it again. */
  readonly faults: readonly string[];
  /** Longest call in milliseconds, watches and waits for work left out. */
  readonly longestMs: number;
}

const lanes = 4;
/** Watches have no end of their own, and a worker may wait for work. */
const endless = /Watch|LeaseJob/;
const ends = { endless: 400, others: 60_000 };
const mostKnown = 200;

interface Target {
  readonly service: string;
  readonly client: Client;
  readonly method: DescMethod;
}

/** Sends requests that no client would, to every method in turn, and judges every answer. */
export async function fuzzServices(options: FuzzOptions): Promise<FuzzSummary> {
  const { requests, secrets } = options;
  const random = new Random(options.seed);
  const known: string[] = [];
  const messages = new WireMessages(random, known);
  const clients = options.services.map(([, address]) => new Client(address, credentials.createInsecure()));
  const targets = options.services.flatMap(([service], at) =>
    methodsOf(service).map((method): Target => ({ service, method, client: clients[at] as Client })),
  );
  const answers = new Map<string, number>();
  const faults: string[] = [];
  let longestMs = 0;
  let sent = 0;

  async function lane(): Promise<void> {
    while (sent < requests) {
      const { service, client, method } = targets[sent % targets.length] as Target;
      sent += 1;
      if (sent % 500 === 0) options.onProgress?.(sent);
      const times = method.methodKind === 'client_streaming' ? random.of([0, 1, 2, 3, 4]) : 1;
      const request = Array.from({ length: times }, () => messages.of(method.input));
      const begun = performance.now();
      const patience = endless.test(method.name) ? ends.endless : ends.others;
      const outcome = await call(client, method, request, patience);
      if (patience === ends.others) longestMs = Math.max(longestMs, performance.now() - begun);
      const name = `${service}/${method.name}`;
      const answer = `${name} ${Code[outcome.status.code]}`;
      answers.set(answer, (answers.get(answer) ?? 0) + 1);
      for (const fault of faultsOf(outcome, patience, secrets)) {
        const shown = request.map((bytes) => bytes.subarray(0, 200).toString('base64')).join(' ');
        faults.push(`${name}: ${fault}; request ${shown}`);
      }
      remember(outcome, known);
    }
  }

  await Promise.all(Array.from({ length: lanes }, lane));
  for (const client of clients) client.close();
  return { answers, faults, longestMs };
}

function faultsOf({ status, responses }: Outcome, patience: number, secrets: readonly string[]): readonly string[] {
  const faults: string[] = [];
  const { code, details } = status;
  if (code === Code.INTERNAL || code === Code.UNKNOWN) faults.push(`${Code[code]}: ${details}`);
  if (code === Code.UNAVAILABLE) faults.push(`the service does not answer: ${details}`);
  if (code === Code.DEADLINE_EXCEEDED && patience === ends.others) faults.push('no answer in time');
  const error = errorFromStatus(status);
  const own = code !== Code.OK && code !== Code.DEADLINE_EXCEEDED && code !== Code.CANCELLED;
  // The library refuses what is far too large before a service sees it.
  const unseen = code === Code.RESOURCE_EXHAUSTED && details.startsWith('Received message larger than max');
  if (own && !unseen && status.metadata.get('grpc-status-details-bin').length === 0)
    faults.push(`no ErrorInfo: ${details}`);
  const texts = [details, ...error.fields.flatMap((field) => Object.values(field)), ...responses.map(String)];
  for (const secret of secrets) {
    const telling = texts.find((text) => text.includes(secret));
    if (telling !== undefined) faults.push(`tells ${secret}: ${telling.slice(0, 300)}`);
  }
  return faults;
}

/** Ids that answers tell make later requests go further. */
function remember({ responses }: Outcome, known: string[]): void {
  for (const response of responses) {
    for (const [id] of response
      .toString('latin1')
      .matchAll(/[0-9a-f]{64}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g)) {
      if (!known.includes(id)) known.push(id);
    }
  }
  known.splice(0, known.length - mostKnown);
}
