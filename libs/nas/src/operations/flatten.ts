import { reshape } from '@oneshot/engine';
import { shapeSize } from '../build/value.js';
import { defineOperation } from './table.js';

defineOperation({
  kind: 'composed',
  name: 'flatten',
  summary: 'a map becomes a vector: row by row, the channels of a pixel together',
  shape: ([input = []]) => [shapeSize(input)],
  parameters: () => [],
  run({ inputs: [x] }) {
    if (x === undefined) throw new RangeError('flatten reads one value');
    return { output: reshape(x, [x.shape[0] ?? 0, shapeSize(x.shape.slice(1))]) };
  },
  onnx({ graph, inputs: [x = ''], shapes: [shape = []], at }) {
    // Channels stand second in ONNX; the weights behind read them last.
    const last = shape.length === 3 ? graph.node('Transpose', [x], `${at}/last`, { perm: [0, 2, 3, 1] }) : x;
    return graph.node('Flatten', [last], at, { axis: 1 });
  },
  multiplyAdds: () => 0,
});
