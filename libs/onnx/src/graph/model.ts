import onnxProto from 'onnx-proto';
import { OnnxError } from '../error.js';
import { checkTensors } from './check-tensors.js';
import type { GraphBuilder } from './graph-builder.js';

const { onnx } = onnxProto;

/**
 * Operator set the exporter writes, and the ONNX intermediate representation that belongs to it
 * (ONNX 1.12).
 */
export const opset = 17;
const irVersion = 8;

/**
 * A float32 tensor at the border of the graph; a string is the name of a dimension of any length.
 */
export interface Port {
  readonly name: string;
  readonly dims: readonly (number | string)[];
}

/** Writes a graph as an ONNX file. */
export function encodeModel(
  graph: GraphBuilder,
  name: string,
  input: Port,
  output: Port,
  properties: Readonly<Record<string, string>>,
): Uint8Array {
  const model = onnx.ModelProto.create({
    irVersion,
    producerName: 'oneshot',
    opsetImport: [{ domain: '', version: opset }],
    metadataProps: Object.entries(properties).map(([key, value]) => ({ key, value })),
    graph: {
      name,
      node: graph.nodes,
      initializer: graph.initializers,
      input: [valueInfo(input)],
      output: [valueInfo(output)],
    },
  });
  return onnx.ModelProto.encode(model).finish();
}

/** What an ONNX file tells besides its graph. */
export interface ModelFile {
  readonly properties: ReadonlyMap<string, string>;
  /** Dimensions of each input that has no default; undefined where any length fits. */
  readonly inputs: readonly (readonly (number | undefined)[])[];
}

/** The metadata properties of an ONNX file. Throws OnnxError `not_onnx`, naming `field`. */
export function readProperties(bytes: Uint8Array, field: string): ReadonlyMap<string, string> {
  return openModelFile(bytes, field).properties;
}

/**
 * Decodes an ONNX file and checks that its weights are in it. Throws OnnxError `not_onnx`, naming
 * `field`.
 */
export function openModelFile(bytes: Uint8Array, field: string): ModelFile {
  let model: onnxProto.onnx.ModelProto;
  try {
    model = onnx.ModelProto.decode(bytes);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new OnnxError(
      'not_onnx',
      field,
      `${bytes.byteLength} bytes that do not decode (${reason})`,
      'a whole ONNX file',
    );
  }
  const { graph } = model;
  if (!graph || model.opsetImport.length === 0) {
    throw new OnnxError('not_onnx', field, `${bytes.byteLength} bytes without a graph`, 'a whole ONNX file');
  }
  checkTensors(graph, field);
  const weights = new Set(graph.initializer?.map(({ name }) => name));
  return {
    properties: new Map(model.metadataProps.map(({ key, value }) => [key ?? '', value ?? ''])),
    inputs: (graph.input ?? []).filter(({ name }) => !weights.has(name)).map(dimensions),
  };
}

function dimensions({ type }: onnxProto.onnx.IValueInfoProto): readonly (number | undefined)[] {
  return (type?.tensorType?.shape?.dim ?? []).map(({ dimValue }) => {
    const length = Number(dimValue ?? 0);
    return length > 0 ? length : undefined;
  });
}

function valueInfo({ name, dims }: Port): onnxProto.onnx.IValueInfoProto {
  const dim = dims.map((length) => (typeof length === 'string' ? { dimParam: length } : { dimValue: length }));
  return { name, type: { tensorType: { elemType: onnx.TensorProto.DataType.FLOAT, shape: { dim } } } };
}
