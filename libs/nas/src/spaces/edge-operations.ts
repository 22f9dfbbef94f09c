import { z } from 'zod';
import '../operations/all.gen.js';
import { operationNames, operationOf } from '../operations/table.js';

/** Every operation that can stand on an edge of a cell. */
export const EDGE_OPERATIONS: readonly string[] = operationNames().filter((name) => operationOf(name).edge === true);

/** Whether an operation of that name can stand on an edge of a cell. */
export function isEdgeOperation(name: string): boolean {
  return EDGE_OPERATIONS.includes(name);
}

/** The name of an operation that can stand on an edge; a fault that does not hide others. */
export const edgeOperation = z.string().refine(isEdgeOperation, {
  error: ({ input }) => `found ${JSON.stringify(input)}; allowed: ${EDGE_OPERATIONS.join(', ')}`,
});

/** Names of the options of an edge: at least one besides `none`, none twice. */
export const edgeOptions = z
  .array(z.enum(EDGE_OPERATIONS as [string, ...string[]]))
  .min(1)
  .refine((names) => new Set(names).size === names.length, { error: 'the same primitive twice' })
  .refine((names) => names.some((name) => name !== 'none'), { error: 'none alone is no space' });

/** Channels of a network's first cell. Default 16. */
export const channelsOption = z.int().min(1).max(1024).default(16);
