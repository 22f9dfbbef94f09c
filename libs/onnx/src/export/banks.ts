import { type NetworkDescription, type ParameterEntry, parameterTable } from '@oneshot/nas';
import { OnnxError } from '../error.js';

/** The flat vectors of a network, put together from its named arrays. */
export interface NetworkBanks {
  /** One per block; empty for those that are no cells. */
  readonly blocks: readonly { readonly weights: Float32Array; readonly statistics: Float32Array }[];
  /** Arrays outside of cells, by name. */
  readonly arrays: ReadonlyMap<string, Float32Array>;
  readonly headNorm: { readonly weights: Float32Array; readonly statistics: Float32Array };
  readonly dense: { readonly weights: Float32Array; readonly bias: Float32Array };
}

/**
 * Lays a network's state (weights and running statistics by name) out as its schedules read it.
 * Throws OnnxError `invalid_weights`.
 */
export function networkBanks(
  description: NetworkDescription,
  state: Readonly<Record<string, Float32Array>>,
): NetworkBanks {
  const table = parameterTable(description);
  const lay = (entries: readonly ParameterEntry[], bank: ParameterEntry['bank']): Float32Array => {
    const own = entries.filter((entry) => entry.bank === bank);
    const length = own.reduce((end, entry) => Math.max(end, entry.offset + size(entry)), 0);
    const values = new Float32Array(length);
    for (const entry of own) values.set(named(state, entry), entry.offset);
    return values;
  };
  return {
    blocks: description.blocks.map(({ kind, name }) =>
      kind === 'cell'
        ? { weights: lay(table.weights, name), statistics: lay(table.statistics, name) }
        : { weights: new Float32Array(0), statistics: new Float32Array(0) },
    ),
    arrays: new Map(
      description.blocks.flatMap((block) =>
        block.kind === 'operation'
          ? block.parameters.map(({ name, sort }) => {
              const entries = sort === 'weight' ? table.weights : table.statistics;
              return [name, lay(entries, name)] as const;
            })
          : [],
      ),
    ),
    headNorm: { weights: lay(table.weights, 'head.norm'), statistics: lay(table.statistics, 'head.norm') },
    dense: { weights: lay(table.weights, 'head.dense.weights'), bias: lay(table.weights, 'head.dense.bias') },
  };
}

function named(state: Readonly<Record<string, Float32Array>>, entry: ParameterEntry): Float32Array {
  const values = state[entry.name];
  if (values?.length !== size(entry)) {
    const found = values ? `${values.length} values` : 'nothing of that name';
    throw new OnnxError('invalid_weights', entry.name, found, `${size(entry)} values, shape ${entry.shape.join('×')}`);
  }
  const bad = values.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) throw new OnnxError('invalid_weights', entry.name, `${values[bad]} at ${bad}`, 'finite numbers');
  return values;
}

function size(entry: ParameterEntry): number {
  return entry.shape.reduce((product, length) => product * length, 1);
}
