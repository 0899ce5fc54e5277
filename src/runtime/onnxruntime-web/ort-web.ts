/** @file What we use of the module `onnxruntime-web`, written out, so that it need not be installed to read our types. */

export interface OrtTensor {
  readonly dims: readonly number[];
  /** Typed by the element type. */
  readonly data: unknown;
}

export interface OrtSession {
  run(feeds: Record<string, OrtTensor>): Promise<Readonly<Record<string, OrtTensor>>>;
  release(): Promise<void>;
}

export interface OrtSessionOptions {
  executionProviders: string[];
  /** Bytes of the weights by the location that the model names. */
  externalData: { path: string; data: Uint8Array }[];
}

/** The module, or one like it. */
export interface OrtWeb {
  readonly InferenceSession: {
    create(model: Uint8Array, options: OrtSessionOptions): Promise<OrtSession>;
  };
  readonly Tensor: new (
    type: 'float32' | 'int32',
    data: Float32Array | Int32Array,
    dims: readonly number[],
  ) => OrtTensor;
}
