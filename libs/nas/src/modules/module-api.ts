import * as engine from '@oneshot/engine';
import { z } from 'zod';
import type { ComposedOperation, FusedOperation, Operation, OperationOptions } from '../operations/operation.js';
import { defineOperation, findOperation } from '../operations/table.js';
import { cellNodes, edgeChoices, preprocessed, reductionsAt, stem, strided } from '../spaces/cell-edges.js';
import { channelsOption, edgeOptions } from '../spaces/edge-operations.js';

/** What a module's function is given to describe its space with. */
export interface ModuleApi {
  /** Zod, for the schema. */
  readonly z: typeof z;
  /**
   * Adds an operation that only this module's space sees. Throws RangeError for one that has no
   * ONNX form, or lacks a part.
   */
  defineOperation<O extends OperationOptions>(operation: FusedOperation<O> | ComposedOperation<O>): void;
  /** Tensors and the primitive operations that an operation's `run` is composed of. */
  readonly engine: typeof engine;
  /** What the built-in spaces describe their cells with. */
  readonly cells: {
    readonly cellNodes: typeof cellNodes;
    readonly edgeChoices: typeof edgeChoices;
    readonly preprocessed: typeof preprocessed;
    readonly reductionsAt: typeof reductionsAt;
    readonly stem: typeof stem;
    readonly strided: typeof strided;
    readonly edgeOptions: typeof edgeOptions;
    readonly channelsOption: typeof channelsOption;
  };
}

const parts = { fused: ['shape', 'lower'], composed: ['shape', 'parameters', 'run', 'multiplyAdds', 'onnx'] } as const;

/**
 * Names of a module's own operations, and what they are called in the table: modules, and versions
 * of one, do not see each other's.
 */
export type OwnOperations = Map<string, string>;

/**
 * What one module is given; its own operations are noted in `own` and have `@suffix` behind their
 * names in the table.
 */
export function moduleApi(suffix: string, own: OwnOperations): ModuleApi {
  const define = (operation: Operation): void => {
    const { name, kind } = operation;
    if (!/^[a-z][a-z0-9_]*$/.test(name)) {
      throw new RangeError(
        `found an operation named ${JSON.stringify(name)}; allowed: lower-case letters, digits and _`,
      );
    }
    if (findOperation(name) !== undefined) throw new RangeError(`the operation ${name} exists already`);
    if (!(kind in parts))
      throw new RangeError(`the operation ${name}: found kind ${JSON.stringify(kind)}; allowed: fused, composed`);
    for (const part of parts[kind]) {
      if (typeof Reflect.get(operation, part) === 'function') continue;
      const what = part === 'onnx' ? 'has no ONNX form: give it onnx(call)' : `lacks ${part}()`;
      throw new RangeError(`the operation ${name} ${what}`);
    }
    const scoped = `${name}@${suffix}`;
    own.set(name, scoped);
    // A module whose space was refused is read again when it is named again.
    if (findOperation(scoped) === undefined) defineOperation({ ...operation, name: scoped });
  };
  return {
    z,
    engine,
    // Options are JSON that the operation itself declares; the table forgets their exact type.
    defineOperation: (operation) => define(operation as unknown as Operation),
    cells: { cellNodes, edgeChoices, preprocessed, reductionsAt, stem, strided, edgeOptions, channelsOption },
  };
}
