/** @file Values of convolutions: both are sums over the same triples of an image pixel, a kernel element and a response. */
import { sizeOf } from '../../tensor/tensor.ts';
import type { ConvAttributes, OpAttributes } from '../ops.ts';
import type { NumericTensor } from './numeric-tensor.ts';

type Inputs = readonly NumericTensor[];

export function evaluateConv([x, w, bias]: Inputs, attributes: OpAttributes['Conv']): NumericTensor {
  const { strides, pads } = attributes;
  const size = (axis: 0 | 1) => {
    const padded = x.shape[axis + 2] + pads[axis] + pads[axis + 2];
    return Math.floor((padded - spanOf(w, attributes, axis)) / strides[axis]) + 1;
  };
  const shape = [x.shape[0], w.shape[0], size(0), size(1)];
  const positions = shape[2] * shape[3];
  const data = new Float64Array(sizeOf(shape)).map((_, i) =>
    bias ? bias.data[Math.floor(i / positions) % w.shape[0]] : 0,
  );
  forEachTriple(x.shape, shape, w.shape, attributes, (image, response, kernel) => {
    data[response] += x.data[image] * w.data[kernel];
  });
  return { shape, data };
}

export function evaluateConvTranspose(
  [x, w]: Inputs,
  attributes: OpAttributes['ConvTranspose'],
): NumericTensor {
  const { strides, pads, outputPadding } = attributes;
  const size = (axis: 0 | 1) => {
    const stretched = (x.shape[axis + 2] - 1) * strides[axis] + spanOf(w, attributes, axis);
    return stretched + outputPadding[axis] - pads[axis] - pads[axis + 2];
  };
  const shape = [x.shape[0], w.shape[1], size(0), size(1)];
  const data = new Float64Array(sizeOf(shape));
  forEachTriple(shape, x.shape, w.shape, attributes, (image, response, kernel) => {
    data[image] += x.data[response] * w.data[kernel];
  });
  return { shape, data };
}

function spanOf(w: NumericTensor, { dilations }: ConvAttributes, axis: 0 | 1): number {
  return (w.shape[axis + 2] - 1) * dilations[axis] + 1;
}

type Sizes = readonly number[];

/** Visits the offsets of every image pixel, response and kernel element that a convolution multiplies. */
function forEachTriple(
  image: Sizes,
  response: Sizes,
  kernel: Sizes,
  attributes: ConvAttributes,
  visit: (image: number, response: number, kernel: number) => void,
): void {
  const rows = touching(image[2], response[2], kernel[2], attributes, 0);
  const columns = touching(image[3], response[3], kernel[3], attributes, 1);
  const [outputs, channels] = kernel;
  for (let pair = 0; pair < image[0] * outputs * channels; pair++) {
    const [n, o, c] = [
      Math.floor(pair / (outputs * channels)),
      Math.floor(pair / channels) % outputs,
      pair % channels,
    ];
    for (const row of rows) {
      for (const column of columns) {
        visit(
          ((n * channels + c) * image[2] + row.image) * image[3] + column.image,
          ((n * outputs + o) * response[2] + row.response) * response[3] + column.response,
          ((o * channels + c) * kernel[2] + row.kernel) * kernel[3] + column.kernel,
        );
      }
    }
  }
}

/** Along one axis: which image pixel a kernel element meets at each position of the response, padding left out. */
function touching(
  image: number,
  response: number,
  kernel: number,
  { strides, pads, dilations }: ConvAttributes,
  axis: 0 | 1,
) {
  const triples: { image: number; response: number; kernel: number }[] = [];
  for (let position = 0; position < response; position++) {
    for (let element = 0; element < kernel; element++) {
      const pixel = position * strides[axis] + element * dilations[axis] - pads[axis];
      if (pixel >= 0 && pixel < image) triples.push({ image: pixel, response: position, kernel: element });
    }
  }
  return triples;
}
