/** @file What `export` does: finished studies out of the store, to a file or to standard output. */
import { type DatasetCount, datasetTexts } from '../../study/dataset/export-dataset.ts';
import { writeFileAtomically } from '../../study/write-file.ts';
import { EXIT_OK } from '../exit-code.ts';
import type { Host } from '../host.ts';
import { openExistingStore } from '../open-store.ts';
import type { CliOptions } from '../shared-options.ts';
import { warn } from '../warn.ts';

export async function runExport(host: Host, options: CliOptions): Promise<number> {
  const store = await openExistingStore(host, options);
  try {
    const { format, experiment, study: studies, minGain, out } = options;
    const count: DatasetCount = { exported: 0, unsayable: 0 };
    const texts = datasetTexts(store, { format, experiment, studies, minGain }, count);
    if (out === undefined) for (const text of texts) host.stdout.write(text);
    else await writeFileAtomically(out, texts);
    tell(host, options, count);
    return EXIT_OK;
  } finally {
    store.close();
  }
}

function tell(host: Host, options: CliOptions, { exported, unsayable }: DatasetCount): void {
  const { json, quiet, out } = options;
  if (out !== undefined && json)
    host.stdout.write(`${JSON.stringify({ out, studies: exported, leftOut: unsayable })}\n`);
  else if (!quiet && (out !== undefined || exported === 0))
    host.stderr.write(`${studiesText(exported)} ${out === undefined ? 'exported' : `in ${out}`}.\n`);
  if (unsayable > 0) warn(host, options, [unsayableText(unsayable)]);
}

function unsayableText(count: number): string {
  return `Left out: ${studiesText(count)} with <lora:…>, BREAK or AND in a prompt. They were text in the search, and would be commands to the web UI.`;
}

function studiesText(count: number): string {
  return `${count.toLocaleString('en-US')} ${count === 1 ? 'study' : 'studies'}`;
}
