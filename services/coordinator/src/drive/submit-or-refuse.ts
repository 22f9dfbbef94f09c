import { Run, RunState } from '@oneshot/contracts';
import { Code, ServiceError } from '@oneshot/service-kit';
import type { MemberRunKind } from '../reconcile/plan.js';
import type { MemberServices } from './member-services.js';

/**
 * Submits a run. A spec that its service refuses will never be accepted, so it becomes a run that failed, without an id; any other
 * failure is thrown, to be tried again.
 */
export async function submitOrRefuse(
  services: MemberServices,
  kind: MemberRunKind,
  spec: Readonly<Record<string, unknown>>,
): Promise<Run> {
  try {
    return await services.submit(kind, spec);
  } catch (error) {
    if (!(error instanceof ServiceError) || !isRefusal(error.code)) throw error;
    const message = `The ${kind} was refused: ${error.message}`;
    return { ...Run.fromPartial({ state: RunState.RUN_STATE_FAILED, error: { reason: error.reason, message } }), spec };
  }
}

function isRefusal(code: Code): boolean {
  return code === Code.INVALID_ARGUMENT || code === Code.FAILED_PRECONDITION || code === Code.NOT_FOUND;
}
