import { once } from 'node:events';
import { parentPort, workerData } from 'node:worker_threads';
import { type BuildCampaignReportRequest, RegistryServiceClient } from '@oneshot/contracts';
import { sendable } from '@oneshot/jobs';
import { connect } from '@oneshot/service-kit';
import { buildReport } from './build-report.js';
import { readReportInput } from './report-input.js';
import type { FromReportThread, ReportThreadData, ToReportThread } from './report-messages.js';

// The thread in which a report is built; it is started by ReportThreads.

const port = parentPort;
if (!port) throw new Error('report-worker runs only as a worker thread.');
const tell = (message: FromReportThread) => port.postMessage(message);
const { registry } = workerData as ReportThreadData;

const arrived: ToReportThread[] = [];
const bell = new EventTarget();
port.on('message', (message: ToReportThread) => {
  arrived.push(message);
  bell.dispatchEvent(new Event('arrived'));
});

async function* parts(): AsyncIterable<BuildCampaignReportRequest> {
  for (;;) {
    const message = arrived.shift();
    if (message === undefined) {
      await once(bell, 'arrived');
      continue;
    }
    if (message.kind === 'end') return;
    tell({ kind: 'taken' });
    yield message.part;
  }
}

const client = connect(RegistryServiceClient, registry);
try {
  tell({ kind: 'built', response: await buildReport(await readReportInput(parts()), client) });
} catch (error) {
  tell({ kind: 'failed', error: sendable(error) });
} finally {
  client.close();
  port.close();
}
