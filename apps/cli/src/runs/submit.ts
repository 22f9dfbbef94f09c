import { type Run, RunState } from '@oneshot/contracts';
import type { Output } from '../output/output.js';
import type { Services } from '../session/services.js';
import { followToEnd, succeeded } from './follow-to-end.js';
import { methodsOf, type RunKind, runOf } from './run-kinds.js';
import { settingsText } from './settings.js';

/**
 * Submits a run, tells the settings it was accepted with, shows it until its end, and returns it;
 * fails unless it succeeds. One that was done before is returned at once.
 */
export async function runToEnd(
  services: Services,
  kind: RunKind,
  spec: Readonly<Record<string, unknown>>,
  output: Output,
  signal: AbortSignal,
): Promise<Run> {
  const accepted = runOf(await methodsOf(services, kind).submit({ spec: { ...spec }, retry: true }));
  const settings = settingsText(kind, accepted.spec);
  if (settings !== undefined) output.remark(settings);
  return succeeded(kind, await followToEnd(services, kind, accepted, output, signal));
}

/** The run that a spec means, if it has succeeded already; nothing is stored or started. */
export async function finishedRun(
  services: Services,
  kind: RunKind,
  spec: Readonly<Record<string, unknown>>,
): Promise<Run | undefined> {
  const found = runOf(await methodsOf(services, kind).submit({ spec: { ...spec }, retry: false, onlyFind: true }));
  return found.state === RunState.RUN_STATE_SUCCEEDED ? found : undefined;
}
