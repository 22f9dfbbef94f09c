import { hardSigmoid, hardSwish, relu, type Tensor } from '@oneshot/engine';
import { defineOperation } from './table.js';

const activations: readonly {
  readonly name: string;
  readonly summary: string;
  readonly apply: (x: Tensor) => Tensor;
  readonly onnx: string;
  readonly attributes?: Readonly<Record<string, { readonly float: number }>>;
}[] = [
  { name: 'relu', summary: 'max(0, x)', apply: relu, onnx: 'Relu' },
  {
    name: 'hard_swish',
    summary: 'x · min(1, max(0, x/6 + 1/2)) (Howard et al. 2019)',
    apply: hardSwish,
    onnx: 'HardSwish',
  },
  {
    name: 'hard_sigmoid',
    summary: 'min(1, max(0, x/6 + 1/2)) (Howard et al. 2019)',
    apply: hardSigmoid,
    onnx: 'HardSigmoid',
    attributes: { alpha: { float: 1 / 6 }, beta: { float: 0.5 } },
  },
];

for (const { name, summary, apply, onnx, attributes = {} } of activations) {
  defineOperation({
    kind: 'composed',
    name,
    summary,
    shape: ([input = []]) => input,
    parameters: () => [],
    run({ inputs: [x] }) {
      if (x === undefined) throw new RangeError(`${name} reads one value`);
      return { output: apply(x) };
    },
    onnx: ({ graph, inputs: [x = ''], at }) => graph.node(onnx, [x], at, attributes),
    multiplyAdds: () => 0,
  });
}
