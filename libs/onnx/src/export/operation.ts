import { type OperationBlock, operationOf } from '@oneshot/nas';
import { OnnxError } from '../error.js';
import type { GraphBuilder, ValueName } from '../graph/graph-builder.js';

/** An operation outside of cells, by the form its own file gives it. */
export function exportOperation(
  graph: GraphBuilder,
  block: OperationBlock,
  arrays: ReadonlyMap<string, Float32Array>,
  inputs: readonly ValueName[],
): ValueName {
  const operation = operationOf(block.operation);
  if (operation.kind !== 'composed') {
    throw new OnnxError('invalid_weights', block.name, block.operation, 'an operation that stands outside of cells');
  }
  const parameters = Object.fromEntries(
    block.parameters.map(({ key, name, full, start, shape }) => {
      const whole = arrays.get(name) ?? new Float32Array(0);
      return [key, { values: part(whole, full, start, shape), shape }] as const;
    }),
  );
  const at = block.name.replaceAll('.', '/');
  return operation.onnx({ graph, inputs, shapes: block.inputs, options: block.options, parameters, at });
}

/** The part of a row-major array that starts at `start` and has the shape `shape`. */
function part(
  values: Float32Array,
  full: readonly number[],
  start: readonly number[],
  shape: readonly number[],
): Float32Array {
  const size = shape.reduce((product, length) => product * length, 1);
  if (size === values.length) return values;
  const result = new Float32Array(size);
  for (let index = 0; index < size; index++) {
    let rest = index;
    let offset = 0;
    let step = 1;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      const length = shape[axis] ?? 1;
      offset += ((start[axis] ?? 0) + (rest % length)) * step;
      rest = Math.floor(rest / length);
      step *= full[axis] ?? 1;
    }
    result[index] = values[offset] ?? 0;
  }
  return result;
}
