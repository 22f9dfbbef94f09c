import { Run, RunState } from '@oneshot/contracts';
import type { MemberRunKind } from '../reconcile/member-state.js';
import type { MemberServices } from './member-services.js';
import { BrokenResult, failureOf, natureOf } from './passing-error.js';

type Spec = Readonly<Record<string, unknown>>;

/**
 * Submits a run for a campaign. A spec that its service refuses, or that cannot be made of the
 * results before it, will never be accepted, so it becomes a run that failed, without an id; any
 * other failure is thrown, to be tried again.
 */
export async function submitOrRefuse(
  services: MemberServices,
  kind: MemberRunKind,
  specOf: () => Spec,
  campaignId: string,
): Promise<Run> {
  let spec: Spec | undefined;
  try {
    spec = specOf();
    return await services.submit(kind, spec, campaignId);
  } catch (error) {
    if (!(error instanceof BrokenResult) && natureOf(error) !== 'permanent') throw error;
    const { reason, message } = failureOf(error);
    const refused = { reason, message: `The ${kind} was refused: ${message}` };
    return { ...Run.fromPartial({ state: RunState.RUN_STATE_FAILED, error: refused }), spec };
  }
}
