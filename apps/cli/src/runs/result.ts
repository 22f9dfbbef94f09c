import type { Run } from '@oneshot/contracts';

/** A text field of a run's result; `undefined` if it is not there or empty. */
export function resultText(run: Run, field: string): string | undefined {
  const value: unknown = run.result?.[field];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** A number of a run's result; `undefined` if it is not there. */
export function resultNumber(run: Run, field: string): number | undefined {
  const value: unknown = run.result?.[field];
  return typeof value === 'number' ? value : undefined;
}
