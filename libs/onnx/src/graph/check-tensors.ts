import onnxProto from 'onnx-proto';
import { OnnxError } from '../error.js';

const { DataType, DataLocation } = onnxProto.onnx.TensorProto;

/** Bytes of an element by type, of those whose raw data are told by length. */
const elementBytes: ReadonlyMap<number, number> = new Map([
  [DataType.FLOAT, 4],
  [DataType.UINT8, 1],
  [DataType.INT8, 1],
  [DataType.UINT16, 2],
  [DataType.INT16, 2],
  [DataType.INT32, 4],
  [DataType.INT64, 8],
  [DataType.BOOL, 1],
  [DataType.FLOAT16, 2],
  [DataType.DOUBLE, 8],
]);

/**
 * Refuses weights that claim another size than the file holds, before anybody reserves what they
 * claim, and weights that lie in other files, which are not here.
 *
 * @throws OnnxError `not_onnx`
 */
export function checkTensors(graph: onnxProto.onnx.IGraphProto, field: string): void {
  for (const tensor of graph.initializer ?? []) {
    const name = `weight ${tensor.name ?? ''}`;
    if (tensor.dataLocation === DataLocation.EXTERNAL) {
      throw new OnnxError('not_onnx', field, `${name} in another file`, 'a file that holds all its weights');
    }
    const size = elementBytes.get(tensor.dataType ?? 0);
    const held = tensor.rawData?.length ?? 0;
    if (size === undefined || (held === 0 && hasTypedData(tensor))) continue;
    const claimed = (tensor.dims ?? []).reduce<number>((product, length) => product * Number(length), size);
    if (claimed !== held) {
      throw new OnnxError(
        'not_onnx',
        field,
        `${name} that claims ${claimed} bytes and holds ${held}`,
        'a whole ONNX file',
      );
    }
  }
}

/** Small weights may be written value by value instead. */
function hasTypedData({ floatData, int32Data, int64Data, doubleData }: onnxProto.onnx.ITensorProto): boolean {
  return [floatData, int32Data, int64Data, doubleData].some((values) => (values?.length ?? 0) > 0);
}
