/** @file Collects the nodes and initializers of an ONNX model; knows the protobuf messages and nothing of our operations. */
import { create, type MessageInitShape } from '@bufbuild/protobuf';
import { float32ToFloat16 } from '../../tensor/half-float.ts';
import type { StoredDType, StoredTensor } from '../../tensor/stored-tensor.ts';
import type { Shape } from '../../tensor/tensor.ts';
import {
  type AttributeProtoSchema,
  AttributeProto_AttributeType as AttributeType,
  TensorProto_DataLocation as DataLocation,
  TensorProto_DataType as DataType,
  GraphProtoSchema,
  type NodeProtoSchema,
  type TensorProtoSchema,
  type ValueInfoProtoSchema,
} from './generated/onnx_pb.ts';
import type { Precision } from './half-precision.ts';
import { listByDepth } from './node-order.ts';

/** An attribute's value: integers are written as INT(S), `{ float }` as FLOAT, `{ text }` as STRING. */
export type AttributeValue =
  | number
  | readonly number[]
  | { readonly float: number }
  | { readonly text: string };

export interface EmitOptions {
  readonly attributes?: Readonly<Record<string, AttributeValue>>;
  /** `com.microsoft` for onnxruntime's own operators. */
  readonly domain?: string;
}

const STORED_TYPES: Readonly<Record<StoredDType, DataType>> = {
  float32: DataType.FLOAT,
  float16: DataType.FLOAT16,
  bfloat16: DataType.BFLOAT16,
};

/** What a runtime is told of where a weight lies. */
export type WeightLocator = (stored: StoredTensor) => { readonly location: string; readonly offset: number };

/** The root of an absolute path, which external locations leave out. */
const PATH_ROOT = /^(?:[A-Za-z]:)?[\\/]/;

/** In its file, by the absolute path without its root, as onnxruntime wants it for a model given as bytes. */
export const fileLocation: WeightLocator = ({ path, offset }) => ({
  location: path.replace(PATH_ROOT, ''),
  offset,
});

export class OnnxEmitter {
  readonly #locate: WeightLocator;
  /** Casts of weights to float32, by the value that they give: each node that reads one makes it anew. */
  readonly #widened = new Map<string, MessageInitShape<typeof NodeProtoSchema>>();
  /** Casts of weights to halves, by the value that they give: kept, since they are computed once, when the program is compiled. */
  readonly #narrowed = new Map<string, MessageInitShape<typeof NodeProtoSchema>>();
  readonly #nodes: MessageInitShape<typeof NodeProtoSchema>[] = [];
  readonly #initializers = new Map<string, MessageInitShape<typeof TensorProtoSchema>>();
  readonly #inputs: MessageInitShape<typeof ValueInfoProtoSchema>[] = [];
  readonly #outputs: MessageInitShape<typeof ValueInfoProtoSchema>[] = [];

  constructor(locate: WeightLocator) {
    this.#locate = locate;
  }

  /** Adds a node that writes the value `name`; an empty input name is an omitted one. Returns `name`. */
  emit(name: string, opType: string, inputs: readonly string[], options: EmitOptions = {}): string {
    this.#nodes.push(nodeProto(name, opType, inputs, options));
    return name;
  }

  /** A small int64 vector, shared between its users. */
  integers(values: readonly number[]): string {
    const name = `int64[${values}]`;
    const data = new Uint8Array(BigInt64Array.from(values, BigInt).buffer);
    this.#initializers.set(name, {
      name,
      dims: [BigInt(values.length)],
      dataType: DataType.INT64,
      rawData: data,
    });
    return name;
  }

  /** A float32 scalar, shared between its users. */
  scalar(value: number): string {
    return this.array(`float32(${value})`, Float32Array.of(value), []);
  }

  /** A small array inside the model. */
  array(name: string, data: Float32Array | Int32Array, shape: Shape): string {
    const dataType = data instanceof Int32Array ? DataType.INT32 : DataType.FLOAT;
    const rawData = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    this.#initializers.set(name, { name, dims: shape.map(BigInt), dataType, rawData });
    return name;
  }

  /** A small array inside the model, as halves. */
  halfArray(name: string, data: Float32Array, shape: Shape): string {
    const rawData = new Uint8Array(float32ToFloat16(data).buffer);
    this.#initializers.set(name, { name, dims: shape.map(BigInt), dataType: DataType.FLOAT16, rawData });
    return name;
  }

  /** A weight where it lies on disk, read as `precision`: it is cast when the program runs, unless it is stored so. */
  weight(name: string, stored: StoredTensor, precision: Precision): string {
    const value = precision === 'float32' ? name : `${name}:${precision}`;
    const initializer = stored.dtype === 'float32' ? name : `${name}:${stored.dtype}`;
    this.#initializers.set(initializer, externalTensor(initializer, stored, this.#locate));
    const casts = precision === 'float32' ? this.#widened : this.#narrowed;
    if (value !== initializer) casts.set(value, nodeProto(value, 'Cast', [initializer], castTo(precision)));
    return value;
  }

  /** The value `from` in another precision, under the name `name`. */
  cast(name: string, from: string, precision: Precision): string {
    return this.emit(name, 'Cast', [from], castTo(precision));
  }

  input(name: string, dtype: 'float32' | 'int32', shape: Shape): string {
    this.#inputs.push(valueInfo(name, dtype === 'int32' ? DataType.INT32 : DataType.FLOAT, shape));
    return name;
  }

  output(name: string, shape: Shape): void {
    this.#outputs.push(valueInfo(name, DataType.FLOAT, shape));
  }

  build(name: string) {
    return create(GraphProtoSchema, {
      name,
      node: listByDepth([...this.#narrowed.values(), ...this.#nodes], this.#widened),
      initializer: [...this.#initializers.values()],
      input: this.#inputs,
      output: this.#outputs,
    });
  }
}

function castTo(precision: Precision): EmitOptions {
  return { attributes: { to: precision === 'float32' ? DataType.FLOAT : DataType.FLOAT16 } };
}

function nodeProto(
  name: string,
  opType: string,
  inputs: readonly string[],
  { attributes = {}, domain = '' }: EmitOptions,
) {
  const attribute = Object.entries(attributes).map(([key, value]) => attributeProto(key, value));
  return { name, opType, domain, input: [...inputs], output: [name], attribute };
}

function attributeProto(name: string, value: AttributeValue): MessageInitShape<typeof AttributeProtoSchema> {
  if (typeof value === 'number') return { name, type: AttributeType.INT, i: BigInt(value) };
  if ('text' in value) return { name, type: AttributeType.STRING, s: new TextEncoder().encode(value.text) };
  if ('float' in value) return { name, type: AttributeType.FLOAT, f: value.float };
  return { name, type: AttributeType.INTS, ints: value.map(BigInt) };
}

function externalTensor(
  name: string,
  stored: StoredTensor,
  locate: WeightLocator,
): MessageInitShape<typeof TensorProtoSchema> {
  const { location, offset } = locate(stored);
  return {
    name,
    dims: stored.shape.map(BigInt),
    dataType: STORED_TYPES[stored.dtype],
    dataLocation: DataLocation.EXTERNAL,
    externalData: [
      { key: 'location', value: location },
      { key: 'offset', value: String(offset) },
      { key: 'length', value: String(stored.byteLength) },
    ],
  };
}

function valueInfo(
  name: string,
  elemType: DataType,
  shape: Shape,
): MessageInitShape<typeof ValueInfoProtoSchema> {
  const dim = shape.map((size) => ({ value: { case: 'dimValue' as const, value: BigInt(size) } }));
  return { name, type: { value: { case: 'tensorType', value: { elemType, shape: { dim } } } } };
}
