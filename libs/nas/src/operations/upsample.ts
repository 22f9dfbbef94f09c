import { concat, reshape } from '@oneshot/engine';
import { mapShape } from '../build/value.js';
import { defineOperation } from './table.js';

type Upsample = {
  /** How often every row and column stands in the result. */
  readonly factor: number;
};

defineOperation<Upsample>({
  kind: 'composed',
  name: 'upsample',
  summary: 'every pixel repeated: nearest-neighbour enlargement',
  shape([input = []], { factor }) {
    const { height, width, channels } = mapShape(input);
    return [factor * height, factor * width, channels];
  },
  parameters: () => [],
  run({ inputs: [x], options: { factor } }) {
    const [batch = 0, height = 0, width = 0, channels = 0] = x?.shape ?? [];
    if (x === undefined) throw new RangeError('upsample reads one map');
    const repeat = <T>(value: T): T[] => Array.from({ length: factor }, () => value);
    // Copies side by side along the innermost axis of a row or pixel are the repeated rows and
    // pixels.
    const wide = reshape(concat(repeat(x), 3), [batch, height, 1, factor * width * channels]);
    return { output: reshape(concat(repeat(wide), 3), [batch, factor * height, factor * width, channels]) };
  },
  onnx({ graph, inputs: [x = ''], options: { factor }, at }) {
    const scales = graph.floats(Float32Array.of(1, 1, factor, factor), [4], `${at}/scales`);
    return graph.node('Resize', [x, '', scales], at, {});
  },
  multiplyAdds: () => 0,
});
