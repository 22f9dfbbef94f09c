import type { ComposedOperation, FusedOperation, Operation, OperationOptions } from './operation.js';

const operations = new Map<string, Operation>();

/** Adds an operation to the table. Throws RangeError if the name is taken. */
export function defineOperation<O extends OperationOptions>(operation: FusedOperation<O> | ComposedOperation<O>): void {
  if (operations.has(operation.name)) throw new RangeError(`the operation ${operation.name} exists already`);
  // Options are JSON that the operation itself declares; the table forgets their exact type.
  operations.set(operation.name, Object.freeze(operation) as unknown as Operation);
}

/** An operation by name; undefined if there is none. */
export function findOperation(name: string): Operation | undefined {
  return operations.get(name);
}

/** An operation by name. Throws RangeError with the known names. */
export function operationOf(name: string): Operation {
  const operation = operations.get(name);
  if (operation === undefined) {
    throw new RangeError(`unknown operation ${JSON.stringify(name)}; known: ${operationNames().join(', ')}`);
  }
  return operation;
}

/** The names of all operations, in the order in which they were defined. */
export function operationNames(): readonly string[] {
  return [...operations.keys()];
}
