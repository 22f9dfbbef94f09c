import { parentPort } from 'node:worker_threads';
import { ServiceError } from '../service-error.js';
import type { WorkMessage } from './work-messages.js';

/**
 * The main function of a thread of `WorkThreads`: does one piece of work after the other. Refusals
 * are thrown as ServiceError.
 */
export function serveWork(work: (input: unknown) => AsyncIterable<unknown>): void {
  const port = parentPort;
  if (!port) throw new Error('The module is no program: it runs as a worker thread.');
  const tell = (message: WorkMessage): void => port.postMessage(message);
  port.on('message', async (input: unknown) => {
    try {
      for await (const value of work(input)) tell({ kind: 'result', value });
      tell({ kind: 'done' });
    } catch (error) {
      if (error instanceof ServiceError) {
        const { code, reason, message, fields } = error;
        tell({ kind: 'refused', code, reason, message, fields });
      } else {
        tell({ kind: 'failed', message: error instanceof Error ? (error.stack ?? error.message) : String(error) });
      }
    }
  });
}
