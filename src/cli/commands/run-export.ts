/** @file What `export` does: finished studies out of the store, to a file or to standard output. */
import { existsSync } from 'node:fs';
import { DpoError } from '../../errors.ts';
import { defaultStorePath } from '../../store/default-store-path.ts';
import { StudyStore } from '../../store/study-store.ts';
import { type DatasetCount, datasetTexts } from '../../study/dataset/export-dataset.ts';
import { writeFileAtomically } from '../../study/write-file.ts';
import { EXIT_OK } from '../exit-code.ts';
import type { Host } from '../host.ts';
import type { CliOptions } from '../shared-options.ts';

export async function runExport(host: Host, options: CliOptions): Promise<number> {
  const store = new StudyStore(storePath(host, options));
  try {
    const { format, experiment, study: studies, minGain, out } = options;
    const count: DatasetCount = { exported: 0 };
    const texts = datasetTexts(store, { format, experiment, studies, minGain }, count);
    if (out === undefined) for (const text of texts) host.stdout.write(text);
    else await writeFileAtomically(out, texts);
    tell(host, options, count);
    return EXIT_OK;
  } finally {
    store.close();
  }
}

function tell(host: Host, { json, quiet, out }: CliOptions, { exported }: DatasetCount): void {
  if (out !== undefined && json) host.stdout.write(`${JSON.stringify({ out, studies: exported })}\n`);
  else if (!quiet && (out !== undefined || exported === 0))
    host.stderr.write(`${studiesText(exported)} ${out === undefined ? 'exported' : `in ${out}`}.\n`);
}

function studiesText(count: number): string {
  return `${count.toLocaleString('en-US')} ${count === 1 ? 'study' : 'studies'}`;
}

/** A store is not made to be read. @throws {DpoError} INVALID_OPTION without one, FILE_ACCESS where there is none */
function storePath({ env }: Host, { store }: CliOptions): string {
  const path = store ?? defaultStorePath(env, process.platform);
  if (path === undefined || path === 'none') {
    throw new DpoError('INVALID_OPTION', 'There is no store to export from. Name one with --store FILE.', {
      details: { option: 'store' },
    });
  }
  if (existsSync(path)) return path;
  throw new DpoError(
    'FILE_ACCESS',
    `There is no store at ${path}. A search makes one; name another with --store FILE.`,
    { details: { path } },
  );
}
