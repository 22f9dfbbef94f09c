import type { Run } from '@oneshot/contracts';
import { Code, ServiceError } from '@oneshot/service-kit';
import { ExitCode } from '../exit-codes.js';
import { Failure } from '../failure.js';
import type { InputDocument } from '../input/read-document.js';
import { methodsOf, runOf } from '../runs/run-kinds.js';
import type { Services } from '../session/services.js';

/**
 * Submits a campaign. One that was submitted before is the same campaign: it goes on, or it is done already.
 *
 * @throws Failure (bad input) with every fault and its line in the file.
 */
export async function submitCampaign(
  services: Services,
  document: InputDocument,
): Promise<{ run: Run; created: boolean }> {
  try {
    const response = await methodsOf(services, 'campaign').submit({ spec: { ...document.value }, retry: true });
    return { run: runOf(response), created: response.created };
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
