/** @file Values for a program's inputs, looked at before a runtime sees them: its own complaints name neither. */
import { DpoError } from '../errors.ts';
import type { InputNode } from '../graph/graph.ts';
import type { Tensor } from '../tensor/tensor.ts';

/** `value`, if it is one for `input`. @throws {DpoError} INTERNAL when it is missing, or of another type or shape */
export function checkedInput({ name, dtype, shape }: InputNode, value: Tensor | undefined): Tensor {
  if (!value) throw new DpoError('INTERNAL', `The program needs a value for its input "${name}".`);
  if (value.dtype !== dtype || value.shape.join() !== shape.join()) {
    const message = `Input "${name}" must be ${dtype} of shape [${shape}], got ${value.dtype} of shape [${value.shape}].`;
    throw new DpoError('INTERNAL', message);
  }
  return value;
}
