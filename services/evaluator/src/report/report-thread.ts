import { Worker } from 'node:worker_threads';
import type { BuildCampaignReportRequest, BuildReportResponse } from '@oneshot/contracts';
import { received } from '@oneshot/jobs';
import type { FromReportThread, ReportThreadData, ToReportThread } from './report-messages.js';

const program = new URL('../../dist/report/report-worker.js', import.meta.url);
/** Parts on their way to the thread; the rest waits where it is. */
const partsAhead = 32;

/**
 * Builds reports one after the other, each in a thread of its own: drawing a large one takes longer
 * than a lease may wait for an answer.
 */
export class ReportThreads {
  readonly #registry: string;
  #last: Promise<unknown> = Promise.resolve();

  /** @param registry `host:port` */
  constructor(registry: string) {
    this.#registry = registry;
  }

  /**
   * The thread ends with the call: when the signal is aborted, or the source of the parts fails.
   */
  build(parts: AsyncIterable<BuildCampaignReportRequest>, signal: AbortSignal): Promise<BuildReportResponse> {
    const built = this.#last.then(() => buildInThread(this.#registry, parts, signal));
    this.#last = built.catch(() => undefined);
    return built;
  }
}

async function buildInThread(
  registry: string,
  parts: AsyncIterable<BuildCampaignReportRequest>,
  signal: AbortSignal,
): Promise<BuildReportResponse> {
  signal.throwIfAborted();
  // Compiled code, whatever the flags of this process make of sources.
  const worker = new Worker(program, { workerData: { registry } satisfies ReportThreadData, execArgv: [] });
  const send = (message: ToReportThread) => worker.postMessage(message);
  let ahead = 0;
  let over = false;
  let taken: (() => void) | undefined;
  const ended = new Promise<BuildReportResponse>((resolve, reject) => {
    worker.on('message', (message: FromReportThread) => {
      switch (message.kind) {
        case 'taken':
          ahead -= 1;
          taken?.();
          return;
        case 'built':
          return resolve(message.response);
        case 'failed':
          return reject(received(message.error));
      }
    });
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`The thread that builds the report ended with code ${code}.`)));
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
  const sent = (async () => {
    for await (const part of parts) {
      send({ kind: 'part', part });
      ahead += 1;
      while (!over && ahead >= partsAhead) {
        await new Promise<void>((resolve) => {
          taken = resolve;
        });
      }
      if (over) break;
    }
    send({ kind: 'end' });
    return ended;
  })();
  // Whichever is first: a report, a failure of the thread, or one of the source.
  sent.catch(() => undefined);
  try {
    return await Promise.race([ended, sent]);
  } finally {
    over = true;
    taken?.();
    await worker.terminate();
  }
}
