/** @file What `export` does: finished studies out of the store, to a file or to standard output. */
import { type DatasetCount, datasetTexts } from '../../study/dataset/export-dataset.ts';
import { writeFileAtomically } from '../../study/write-file.ts';
import { EXIT_OK } from '../exit-code.ts';
import type { Host } from '../host.ts';
import { openExistingStore } from '../open-store.ts';
import type { CliOptions } from '../shared-options.ts';

export async function runExport(host: Host, options: CliOptions): Promise<number> {
  const store = await openExistingStore(host, options);
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
