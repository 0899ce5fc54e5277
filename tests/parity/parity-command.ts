/** @file `npm run parity -- FOLDER [--dump FILE.safetensors] [--device NAME] [--precision NAME]`: our numbers against a reference folder's. */
import { runParity } from './run-parity.ts';

process.exitCode = await runParity(process.argv.slice(2), {
  out: (line) => console.log(line),
  error: (line) => console.error(line),
});
