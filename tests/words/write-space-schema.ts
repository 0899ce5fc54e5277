/** @file `npm run schema`: writes `docs/space.schema.json`. */
import { writeFileSync } from 'node:fs';
import { spaceJsonSchema } from '../../src/words/space-schema.ts';

writeFileSync(
  new URL('../../docs/space.schema.json', import.meta.url),
  `${JSON.stringify(spaceJsonSchema(), null, 2)}\n`,
);
