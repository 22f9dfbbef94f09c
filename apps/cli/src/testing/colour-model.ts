import onnxProto from 'onnx-proto';

const { onnx } = onnxProto;

/**
 * An ONNX classifier such as people bring along: its three scores are the means of red, green and
 * blue of an image `[batch, 3, height, width]` of any size.
 *
 * @param properties what the file says of itself; default: nothing
 */
export function colourModel(properties: Readonly<Record<string, string>> = {}): Uint8Array {
  const dimension = (length: number | string) =>
    typeof length === 'string' ? { dimParam: length } : { dimValue: length };
  const tensor = (name: string, dims: readonly (number | string)[]) => ({
    name,
    type: { tensorType: { elemType: onnx.TensorProto.DataType.FLOAT, shape: { dim: dims.map(dimension) } } },
  });
  const model = onnx.ModelProto.create({
    irVersion: 8,
    opsetImport: [{ domain: '', version: 17 }],
    metadataProps: Object.entries(properties).map(([key, value]) => ({ key, value })),
    graph: {
      name: 'colours',
      node: [
        { opType: 'GlobalAveragePool', input: ['image'], output: ['means'] },
        { opType: 'Flatten', input: ['means'], output: ['scores'] },
      ],
      input: [tensor('image', ['batch', 3, 'height', 'width'])],
      output: [tensor('scores', ['batch', 3])],
    },
  });
  return onnx.ModelProto.encode(model).finish();
}
