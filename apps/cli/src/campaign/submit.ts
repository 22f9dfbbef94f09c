import type { Run, SubmitRunResponse } from '@oneshot/contracts';
import { Code, ServiceError } from '@oneshot/service-kit';
import { ExitCode } from '../exit-codes.js';
import { Failure } from '../failure.js';
import type { InputDocument } from '../input/read-document.js';
import { methodsOf, runOf } from '../runs/run-kinds.js';
import type { Services } from '../session/services.js';

/**
 * Submits a campaign. One that was submitted before is the same campaign: it goes on, or it is done
 * already.
 *
 * @throws Failure (bad input) with every fault and its line in the file.
 */
export async function submitCampaign(
  services: Services,
  document: InputDocument,
): Promise<{ run: Run; created: boolean }> {
  const response = await send(services, document, false);
  return { run: runOf(response), created: response.created };
}

/**
 * The campaign of a file as it is; one that nobody has submitted yet has its id and its canonical
 * spec.
 *
 * @throws Failure (bad input) with every fault and its line in the file.
 */
export async function findCampaign(services: Services, document: InputDocument): Promise<Run> {
  return runOf(await send(services, document, true));
}

async function send(services: Services, document: InputDocument, onlyFind: boolean): Promise<SubmitRunResponse> {
  try {
    const request = { spec: { ...document.value }, retry: !onlyFind, onlyFind };
    return await methodsOf(services, 'campaign').submit(request);
  } catch (error) {
    if (!(error instanceof ServiceError) || error.code !== Code.INVALID_ARGUMENT || error.fields.length === 0)
      throw error;
    const faults = error.fields.map((field) => ({
      ...field,
      path: `${document.file}:${document.positionOf(field.path)}: ${field.path}`,
    }));
    const many = faults.length === 1 ? 'one fault' : `${faults.length} faults`;
    throw new Failure(`${document.file} has ${many}; nothing was started.`, {
      exitCode: ExitCode.badInput,
      reason: error.reason,
      faults,
      cause: error,
    });
  }
}
