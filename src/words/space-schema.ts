/** @file The JSON Schema of search space files, for editors and for other programs. */
import { z } from 'zod';
import { spaceFileSchema } from './space-file-format.ts';

/** Draft 2020-12, of what may be written into a file: `docs/space.schema.json`. */
export function spaceJsonSchema(): Record<string, unknown> {
  const { $schema, ...schema } = z.toJSONSchema(spaceFileSchema, { io: 'input' });
  return { $schema, $id: 'https://unpkg.com/dpo-diff/docs/space.schema.json', ...schema };
}
