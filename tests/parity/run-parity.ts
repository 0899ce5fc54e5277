/** @file The parity command without its process: arguments in, lines and an exit code out. */
import { parseArgs } from 'node:util';
import { DpoError, type LoadPipelineOptions, type Tensor, writeSafetensors } from '../../src/index.ts';
import type { checkParity, ParityRow } from './parity-folder.ts';
import { type ParitySection, paritySections } from './parity-sections.ts';

const USAGE = 'Usage: npm run parity -- FOLDER [--dump FILE.safetensors] [--device NAME] [--precision NAME]';

/** Exit codes: only numbers that differ are `differs`, whatever the caller can mend is `usage`. */
const EXIT = { agrees: 0, differs: 1, usage: 2, failure: 3 } as const;

export interface ParityOutput {
  readonly out: (line: string) => void;
  readonly error: (line: string) => void;
}

interface ParityArguments {
  readonly folder: string;
  readonly dump?: string | undefined;
  readonly place: Pick<LoadPipelineOptions, 'device' | 'precision'>;
}

/** Prints a row for each tensor and gives the exit code; wrong arguments and folders end in a sentence. */
export async function runParity(
  args: readonly string[],
  output: ParityOutput,
  options: Parameters<typeof checkParity>[1] = {},
): Promise<number> {
  try {
    const { folder, dump, place } = readArguments(args);
    const rows: ParityRow[] = [];
    const values = new Map<string, Tensor>();
    for await (const section of paritySections(folder, { ...place, ...options })) {
      printSection(section, output);
      rows.push(...section.rows);
      // The folder's own pipeline goes by its own names; what comes after it, by names that say where from.
      const prefix = values.size === 0 ? '' : `${section.title}:`;
      for (const [name, value] of section.values) values.set(prefix + name, value);
    }
    const compared = rows.filter(({ isGiven }) => !isGiven);
    output.out(`${compared.filter(({ ok }) => ok).length} of ${compared.length} tensors agree.`);
    if (dump !== undefined) await writeSafetensors(dump, values);
    return rows.every(({ ok }) => ok) ? EXIT.agrees : EXIT.differs;
  } catch (error) {
    if (error instanceof DpoError && error.isUserError) {
      output.error(`parity: ${error.message}`);
      return EXIT.usage;
    }
    output.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
    return EXIT.failure;
  }
}

function readArguments(args: readonly string[]): ParityArguments {
  const { values, positionals } = parsed(args);
  if (positionals.length !== 1) throw misused(`Expected one folder, got ${positionals.length}.`);
  if (values.dump === '') throw misused('--dump needs the name of a file.');
  const { dump, ...place } = values;
  return { folder: positionals[0], dump, place: place as ParityArguments['place'] };
}

function parsed(args: readonly string[]) {
  try {
    const options = {
      dump: { type: 'string' },
      device: { type: 'string' },
      precision: { type: 'string' },
    } as const;
    return parseArgs({ args: [...args], allowPositionals: true, options });
  } catch (cause) {
    throw misused((cause as Error).message);
  }
}

function misused(problem: string): DpoError {
  return new DpoError('INVALID_OPTION', `${problem}\n${USAGE}`);
}

function printSection({ title, rows }: ParitySection, { out }: ParityOutput): void {
  const width = Math.max(...rows.map(({ name }) => name.length));
  out(`-- ${title}`);
  for (const row of rows) out(line(row, width));
}

function line({ name, error, tolerance, ok, isGiven }: ParityRow, nameWidth: number): string {
  if (isGiven) return `${name.padEnd(nameWidth)}  given`;
  return `${name.padEnd(nameWidth)}  error ${error.toExponential(2).padStart(9)}  tolerance ${tolerance.toExponential(0)}  ${ok ? 'ok' : 'FAILED'}`;
}
