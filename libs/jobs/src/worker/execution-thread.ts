import { parentPort, workerData } from 'node:worker_threads';
import type { Execute, ExecutionContext } from './execution.js';
import { failedOutcome } from './failed-outcome.js';
import { received } from './sent-error.js';
import type { FromThread, Outcome, ThreadData, ThreadJob, ThreadRequest, ToThread } from './thread-messages.js';

// The thread in which work computes. It is started by ExecutionThread and speaks with it by
// messages alone.

const port = parentPort;
if (!port) throw new Error('execution-thread runs only as a worker thread.');
const data = workerData as ThreadData;
const stop = new Int32Array(data.stop);
const tell = (message: FromThread) => port.postMessage(message);

let calls = 0;
const pending = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();

function ask(request: ThreadRequest): Promise<unknown> {
  calls += 1;
  const call = calls;
  const answer = new Promise<unknown>((resolve, reject) => pending.set(call, { resolve, reject }));
  tell({ kind: 'call', call, request });
  return answer;
}

// Any method name is a call; the main thread answers those the registry has.
const registry = new Proxy({} as ExecutionContext['registry'], {
  get: (_, method) => (request: unknown) => ask({ name: 'registry', method: String(method), request }),
});

function contextOf(job: ThreadJob): ExecutionContext {
  return {
    runId: job.runId,
    attempt: job.attempt,
    checkpoint: job.checkpoint,
    directory: job.directory,
    report: (progress) => tell({ kind: 'progress', progress }),
    stopRequested: () => Atomics.load(stop, 0) !== 0,
    saveCheckpoint: async (path) => {
      await ask({ name: 'saveCheckpoint', path });
    },
    putArtifact: async (path, mediaType) => String(await ask({ name: 'putArtifact', path, mediaType })),
    getArtifact: async (digest) => String(await ask({ name: 'getArtifact', digest })),
    registry,
  };
}

async function run(job: ThreadJob): Promise<Outcome> {
  try {
    const { execute } = (await import(data.executor)) as { execute: Execute };
    return { kind: 'succeeded', result: await execute(job.spec, contextOf(job)) };
  } catch (error) {
    return failedOutcome(error);
  }
}

port.on('message', (message: ToThread) => {
  switch (message.kind) {
    case 'execute':
      void run(message.job).then((outcome) => tell({ kind: 'outcome', outcome }));
      return;
    case 'answer':
      pending.get(message.call)?.resolve(message.value);
      pending.delete(message.call);
      return;
    case 'refusal':
      pending.get(message.call)?.reject(received(message.error));
      pending.delete(message.call);
      return;
  }
});
