import { type Progress, type Run, RunState } from '@oneshot/contracts';
import type { JsonObject, RunProgress, RunRecord, RunStateName } from '../runs/run-record.js';

const states: Readonly<Record<RunStateName, RunState>> = {
  QUEUED: RunState.RUN_STATE_QUEUED,
  RUNNING: RunState.RUN_STATE_RUNNING,
  SUCCEEDED: RunState.RUN_STATE_SUCCEEDED,
  FAILED: RunState.RUN_STATE_FAILED,
  CANCELLED: RunState.RUN_STATE_CANCELLED,
};

/** The stored name of a state on the wire; undefined for a value that is no state. */
export function stateName(state: RunState): RunStateName | undefined {
  const names = Object.keys(states) as RunStateName[];
  return names.find((name) => states[name] === state);
}

/** A stored run as it travels. */
export function runMessage(run: RunRecord): Run {
  return {
    id: run.id,
    state: states[run.state],
    spec: run.spec,
    progress: run.progress && progressMessage(run.progress),
    result: run.result,
    error: run.failure && { reason: run.failure.reason, message: run.failure.message },
    attempt: run.attempt,
    createdAt: new Date(run.createdAt).toISOString(),
    updatedAt: new Date(run.updatedAt).toISOString(),
    sequence: run.sequence,
  };
}

/** The run that a spec means and that nobody has submitted yet. */
export function unstoredRunMessage(id: string, spec: JsonObject): Run {
  return {
    id,
    state: RunState.RUN_STATE_UNSPECIFIED,
    spec,
    progress: undefined,
    result: undefined,
    error: undefined,
    attempt: 0,
    createdAt: undefined,
    updatedAt: undefined,
    sequence: 0,
  };
}

/** A run as lists tell it briefly. */
export function briefRunMessage(run: RunRecord): Run {
  return { ...runMessage(run), spec: undefined };
}

export function progressMessage(progress: RunProgress): Progress {
  return { ...progress, metrics: { ...progress.metrics } };
}

/**
 * Progress as stored; undefined for none. Figures that are no numbers, as of a diverged loss, are
 * left out: JSON has none.
 */
export function progressFromMessage(progress: Progress | undefined): RunProgress | undefined {
  if (!progress) return undefined;
  const metrics = Object.fromEntries(Object.entries(progress.metrics).filter(([, value]) => Number.isFinite(value)));
  return { ...progress, metrics, etaSeconds: Number.isFinite(progress.etaSeconds) ? progress.etaSeconds : 0 };
}
