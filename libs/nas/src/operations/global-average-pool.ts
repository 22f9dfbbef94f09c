import { globalAveragePool } from '@oneshot/engine';
import { mapShape } from '../build/value.js';
import { defineOperation } from './table.js';

defineOperation({
  kind: 'composed',
  name: 'global_average_pool',
  summary: 'mean over height and width: a map becomes a vector',
  shape: ([input = []]) => [mapShape(input).channels],
  parameters: () => [],
  run({ inputs: [x] }) {
    if (x === undefined) throw new RangeError('global_average_pool reads one map');
    return { output: globalAveragePool(x) };
  },
  onnx({ graph, inputs: [x = ''], at }) {
    const pooled = graph.node('GlobalAveragePool', [x], at);
    return graph.node('Flatten', [pooled], `${at}/flat`, { axis: 1 });
  },
  multiplyAdds: () => 0,
});
