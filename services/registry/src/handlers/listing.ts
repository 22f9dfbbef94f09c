import type { ExpressionBuilder, ExpressionWrapper, SqlBool } from 'kysely';

/** Who tells the registry's events. */
export const source = '/oneshot/registry';

/** The rows behind the last one of a page, newest first. */
export function olderThan<Tables extends Record<Name, { created_at: number; id: string }>, Name extends keyof Tables>(
  where: ExpressionBuilder<Tables, Name>,
  [createdAt, id]: readonly [number, string],
): ExpressionWrapper<Tables, Name, SqlBool> {
  const { eb } = where as unknown as { eb: ExpressionBuilder<{ row: { created_at: number; id: string } }, 'row'> };
  const older = eb.or([
    eb('created_at', '<', createdAt),
    eb.and([eb('created_at', '=', createdAt), eb('id', '>', id)]),
  ]);
  return older as unknown as ExpressionWrapper<Tables, Name, SqlBool>;
}
