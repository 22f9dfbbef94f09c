import { add, convolution } from '@oneshot/engine';
import { mapShape } from '../build/value.js';
import { reordered, windowAttributes, windowed } from './layout.js';
import { defineOperation } from './table.js';

type Convolution = {
  readonly size: number;
  readonly channels: number;
  /** Default 1. */
  readonly stride?: number;
  /** Default: half the size, so that stride 1 keeps the sides. */
  readonly padding?: number;
  /** Default false. */
  readonly bias?: boolean;
};

const sizes = ({ size, stride = 1, padding = Math.floor(size / 2) }: Convolution) => ({ size, stride, padding });

defineOperation<Convolution>({
  kind: 'composed',
  name: 'convolution',
  summary: 'dense convolution of any size, with or without bias',
  shape: ([input = []], options) => [...windowed(input, sizes(options)), options.channels],
  parameters([input = []], { size, channels, bias = false }) {
    const { channels: seen } = mapShape(input);
    const initialisation = { kind: 'uniform', fanIn: size * size * seen } as const;
    const kernel = { key: 'kernel', shape: [size, size, seen, channels], initialisation, centred: [0, 1] };
    return bias ? [kernel, { key: 'bias', shape: [channels], initialisation }] : [kernel];
  },
  run({ inputs: [x], options, parameters: { kernel, bias } }) {
    const { stride, padding } = sizes(options);
    if (x === undefined || kernel === undefined) throw new RangeError('a convolution reads a map and a kernel');
    const output = convolution(x, kernel, { stride, padding });
    return { output: bias === undefined ? output : add(output, bias) };
  },
  onnx({ graph, inputs: [x = ''], options, parameters: { kernel, bias }, at }) {
    const { size, stride, padding } = sizes(options);
    const { values, shape } = kernel ?? { values: new Float32Array(0), shape: [] };
    const [, , seen = 0, channels = 0] = shape;
    const weights = graph.floats(reordered(values, shape, [3, 2, 0, 1]), [channels, seen, size, size], `${at}/kernel`);
    const given = bias === undefined ? [] : [graph.floats(bias.values, [channels], `${at}/bias`)];
    return graph.node('Conv', [x, weights, ...given], at, windowAttributes(size, stride, padding));
  },
  multiplyAdds([input = []], options) {
    const [height, width] = windowed(input, sizes(options));
    return height * width * options.size ** 2 * mapShape(input).channels * options.channels;
  },
});
