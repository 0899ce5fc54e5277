/** @file `npm run parity -- FOLDER [--dump FILE.safetensors]`: our numbers against a reference folder's. */
import { parseArgs } from 'node:util';
import { writeSafetensors } from '../../src/index.ts';
import { checkParity, type ParityRow } from './parity-folder.ts';

const USAGE = 'Usage: npm run parity -- FOLDER [--dump FILE.safetensors]';

const { values, positionals } = parseArgs({ allowPositionals: true, options: { dump: { type: 'string' } } });
const [folder] = positionals;
if (!folder) {
  console.error(USAGE);
  process.exit(2);
}

const { rows, values: ours } = await checkParity(folder);
const width = Math.max(...rows.map(({ name }) => name.length));
for (const row of rows) console.log(line(row, width));
const failed = rows.filter(({ ok }) => !ok).length;
console.log(`${rows.length - failed} of ${rows.length} tensors agree.`);
if (values.dump) await writeSafetensors(values.dump, ours);
process.exitCode = failed === 0 ? 0 : 1;

function line({ name, error, tolerance, ok }: ParityRow, nameWidth: number): string {
  return `${name.padEnd(nameWidth)}  error ${error.toExponential(2).padStart(9)}  tolerance ${tolerance.toExponential(0)}  ${ok ? 'ok' : 'FAILED'}`;
}
