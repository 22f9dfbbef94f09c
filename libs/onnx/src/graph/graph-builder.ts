import onnxProto from 'onnx-proto';

const { onnx } = onnxProto;
type Attribute = onnxProto.onnx.IAttributeProto;

/** Value of a node's attribute; whole numbers are ONNX ints, `{ float }` a float. */
export type AttributeValue = number | readonly number[] | { readonly float: number };

/** A value in the graph, by its name. */
export type ValueName = string;

/**
 * Collects the nodes and constants of an ONNX graph. Every value is named for where it comes from,
 * so that viewers show the cells.
 */
export class GraphBuilder {
  readonly nodes: onnxProto.onnx.INodeProto[] = [];
  readonly initializers: onnxProto.onnx.ITensorProto[] = [];
  readonly #names = new Map<string, number>();
  readonly #relu = new Map<ValueName, ValueName>();

  /** Adds a node and returns the name of its only output; `name` is made unique. */
  node(
    operator: string,
    inputs: readonly ValueName[],
    name: string,
    attributes: Readonly<Record<string, AttributeValue>> = {},
  ): ValueName {
    const output = this.#unique(name);
    this.nodes.push({
      opType: operator,
      name: output,
      input: [...inputs],
      output: [output],
      attribute: Object.entries(attributes).map(([key, value]) => attribute(key, value)),
    });
    return output;
  }

  /** ReLU of a value; the branches that need the same one share it. */
  relu(value: ValueName): ValueName {
    const known = this.#relu.get(value);
    if (known !== undefined) return known;
    const added = this.node('Relu', [value], `${value}/relu`);
    this.#relu.set(value, added);
    return added;
  }

  /** Adds a float32 constant. */
  floats(values: Float32Array, dims: readonly number[], name: string): ValueName {
    return this.#constant(onnx.TensorProto.DataType.FLOAT, littleEndian(values), dims, name);
  }

  /** Adds a float32 scalar. */
  scalar(value: number, name: string): ValueName {
    return this.floats(Float32Array.of(value), [], name);
  }

  /** Adds an int64 vector: shapes, axes, slice bounds. */
  integers(values: readonly number[], name: string): ValueName {
    const view = new DataView(new ArrayBuffer(8 * values.length));
    for (const [i, value] of values.entries()) view.setBigInt64(8 * i, BigInt(value), true);
    return this.#constant(onnx.TensorProto.DataType.INT64, new Uint8Array(view.buffer), [values.length], name);
  }

  #constant(dataType: number, rawData: Uint8Array, dims: readonly number[], name: string): ValueName {
    const unique = this.#unique(name);
    this.initializers.push({ name: unique, dataType, dims: [...dims], rawData });
    return unique;
  }

  #unique(name: string): string {
    const seen = this.#names.get(name) ?? 0;
    this.#names.set(name, seen + 1);
    return seen === 0 ? name : `${name}:${seen}`;
  }
}

function attribute(name: string, value: AttributeValue): Attribute {
  const { INT, INTS, FLOAT } = onnx.AttributeProto.AttributeType;
  if (typeof value === 'number') return { name, type: INT, i: value };
  if ('float' in value) return { name, type: FLOAT, f: value.float };
  return { name, type: INTS, ints: [...value] };
}

function littleEndian(values: Float32Array): Uint8Array {
  const view = new DataView(new ArrayBuffer(4 * values.length));
  for (const [i, value] of values.entries()) view.setFloat32(4 * i, value, true);
  return new Uint8Array(view.buffer);
}
