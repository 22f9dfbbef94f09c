import { concat } from '@oneshot/engine';
import { defineOperation } from './table.js';

defineOperation({
  kind: 'composed',
  name: 'concat',
  summary: 'values side by side along channels or features',
  shape(inputs) {
    const [first = []] = inputs;
    const other = inputs.find(
      (shape) => shape.length !== first.length || shape.slice(0, -1).some((length, axis) => length !== first[axis]),
    );
    if (other !== undefined) {
      throw new RangeError(`values of shape [${first.join(', ')}] and [${other.join(', ')}] do not stand side by side`);
    }
    return [...first.slice(0, -1), inputs.reduce((sum, shape) => sum + (shape.at(-1) ?? 0), 0)];
  },
  parameters: () => [],
  run: ({ inputs }) => {
    const [only, ...more] = inputs;
    if (only === undefined) throw new RangeError('concat reads at least one value');
    return { output: more.length === 0 ? only : concat(inputs, only.shape.length - 1) };
  },
  onnx: ({ graph, inputs, at }) =>
    inputs.length === 1 ? (inputs[0] ?? '') : graph.node('Concat', inputs, at, { axis: 1 }),
  multiplyAdds: () => 0,
});
