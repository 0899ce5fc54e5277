/** @file `npm run schema`: writes `docs/dataset.schema.json`. */
import { writeFileSync } from 'node:fs';
import { datasetJsonSchema } from '../../src/study/dataset/dataset-row.ts';

writeFileSync(
  new URL('../../docs/dataset.schema.json', import.meta.url),
  `${JSON.stringify(datasetJsonSchema(), null, 2)}\n`,
);
