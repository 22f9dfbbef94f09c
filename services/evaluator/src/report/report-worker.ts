import { once } from 'node:events';
import { parentPort, workerData } from 'node:worker_threads';
import { type BuildCampaignReportRequest, RegistryServiceClient } from '@oneshot/contracts';
import { sendable } from '@oneshot/jobs';
import { NasError } from '@oneshot/nas';
import { connect, invalidArgument } from '@oneshot/service-kit';
import { ZodError } from 'zod';
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

/** A campaign that cannot be read is the fault of who sent it. */
function asRefusal(error: unknown): unknown {
  if (!(error instanceof NasError || error instanceof ZodError || error instanceof SyntaxError)) return error;
  const message =
    error instanceof NasError ? error.message : 'the campaign is not as CoordinatorService.GetCampaign tells it';
  const fault = {
    path: 'campaign',
    found: '',
    allowed: 'a campaign as told by CoordinatorService.GetCampaign',
    message,
  };
  return invalidArgument([fault], 'INVALID_CAMPAIGN');
}

const client = connect(RegistryServiceClient, registry);
try {
  tell({ kind: 'built', response: await buildReport(await readReportInput(parts()), client) });
} catch (error) {
  tell({ kind: 'failed', error: sendable(asRefusal(error)) });
} finally {
  client.close();
  port.close();
}
