import { pool } from '@oneshot/engine';
import { mapShape } from '../build/value.js';
import { windowAttributes, windowed } from './layout.js';
import { defineOperation } from './table.js';

type Window = {
  readonly size: number;
  /** Default: the size. */
  readonly stride?: number;
  /** It counts neither as a value nor in the average. Default 0. */
  readonly padding?: number;
};

const sizes = ({ size, stride = size, padding = 0 }: Window) => ({ size, stride, padding });

for (const [name, kind] of [
  ['max_pool', 'max'],
  ['avg_pool', 'average'],
] as const) {
  defineOperation<Window>({
    kind: 'composed',
    name,
    summary: `${kind} pooling in windows of any size`,
    shape: ([input = []], options) => [...windowed(input, sizes(options)), mapShape(input).channels],
    parameters: () => [],
    run({ inputs: [x], options }) {
      if (x === undefined) throw new RangeError(`${name} reads one map`);
      return { output: pool(x, { pool: kind, ...sizes(options) }) };
    },
    onnx({ graph, inputs: [x = ''], options, at }) {
      const { size, stride, padding } = sizes(options);
      const window = windowAttributes(size, stride, padding);
      return kind === 'max'
        ? graph.node('MaxPool', [x], at, window)
        : graph.node('AveragePool', [x], at, { ...window, count_include_pad: 0 });
    },
    multiplyAdds: () => 0,
  });
}
