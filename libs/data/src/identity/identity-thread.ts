import { parentPort } from 'node:worker_threads';
import { DataError } from '../error.js';
import { locateDataset } from '../locate.js';
import { openNamed } from '../open-named.js';
import { surveyOf } from '../survey.js';
import { fileState } from './file-state.js';
import type { IdentityAnswer, IdentityRequest } from './thread-messages.js';

// The thread that looks into data sets, so that the thread that serves need not. It is started by
// IdentityThread and speaks with it by messages alone.

const port = parentPort;
if (!port) throw new Error('identity-thread runs only as a worker thread.');

port.on('message', (request: IdentityRequest) => {
  answer(request).then((message) => port.postMessage(message));
});

async function answer({ call, wanted, name, options }: IdentityRequest): Promise<IdentityAnswer> {
  try {
    const text =
      wanted === 'survey'
        ? JSON.stringify(surveyOf(await openNamed(name, options)))
        : fileState(locateDataset(name, options));
    return { call, kind: 'text', text };
  } catch (error) {
    if (error instanceof DataError) return { call, kind: 'faults', faults: error.faults };
    return { call, kind: 'error', message: String(error) };
  }
}
