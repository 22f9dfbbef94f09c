import type { Run } from '@oneshot/contracts';

/** A number of a run's result; undefined if it has none of that name. */
export function resultNumber(run: Run, field: string): number | undefined {
  const value: unknown = run.result?.[field];
  return typeof value === 'number' ? value : undefined;
}

/** A text of a run's result; undefined if it has none of that name. */
export function resultText(run: Run, field: string): string | undefined {
  const value: unknown = run.result?.[field];
  return typeof value === 'string' ? value : undefined;
}
