import { depthwiseConvolution } from '@oneshot/engine';
import { mapShape } from '../build/value.js';
import { reordered, windowAttributes, windowed } from './layout.js';
import { defineOperation } from './table.js';

type Depthwise = {
  readonly size: number;
  /** Default 1. */
  readonly stride?: number;
};

const sizes = ({ size, stride = 1 }: Depthwise) => ({ size, stride, padding: Math.floor(size / 2) });

defineOperation<Depthwise>({
  kind: 'composed',
  name: 'depthwise_convolution',
  summary: 'one kernel for each channel, padded so that stride 1 keeps the sides',
  shape: ([input = []], options) => [...windowed(input, sizes(options)), mapShape(input).channels],
  parameters: ([input = []], { size }) => [
    {
      key: 'kernel',
      shape: [size, size, mapShape(input).channels],
      initialisation: { kind: 'uniform', fanIn: size * size },
      centred: [0, 1],
    },
  ],
  run({ inputs: [x], options, parameters: { kernel } }) {
    const { stride, padding } = sizes(options);
    if (x === undefined || kernel === undefined) throw new RangeError('a convolution reads a map and a kernel');
    return { output: depthwiseConvolution(x, kernel, { stride, padding }) };
  },
  onnx({ graph, inputs: [x = ''], options, parameters: { kernel }, at }) {
    const { size, stride, padding } = sizes(options);
    const { values, shape } = kernel ?? { values: new Float32Array(0), shape: [] };
    const channels = shape[2] ?? 0;
    const weights = graph.floats(reordered(values, shape, [2, 0, 1]), [channels, 1, size, size], `${at}/kernel`);
    return graph.node('Conv', [x, weights], at, { ...windowAttributes(size, stride, padding), group: channels });
  },
  multiplyAdds([input = []], options) {
    const [height, width] = windowed(input, sizes(options));
    return height * width * options.size ** 2 * mapShape(input).channels;
  },
});
