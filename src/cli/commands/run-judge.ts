/** @file What `judge` does: writes a blind sheet and its key, or reads judges' answers into tables. */
import { existsSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import { readText } from '../../checkpoint/read-json.ts';
import { makeFolder } from '../../disk/make-folder.ts';
import { DpoError } from '../../errors.ts';
import { judgementSheet } from '../../experiment/judgement/judgement-sheet.ts';
import { judgementTables } from '../../experiment/judgement/judgement-tables.ts';
import {
  judgementMarkdown,
  judgementSections,
  type TextSection,
} from '../../experiment/judgement/judgement-text.ts';
import type { JudgedExperiment } from '../../experiment/judgement/pairs-of-experiment.ts';
import { readAnswers } from '../../experiment/judgement/read-answers.ts';
import { parseSheetKey, type SheetKey } from '../../experiment/judgement/sheet-key.ts';
import { fileWriteError, writeFileAtomically } from '../../study/write-file.ts';
import { counted } from '../amount-text.ts';
import { EXIT_OK } from '../exit-code.ts';
import type { Host } from '../host.ts';
import type { CliOptions } from '../shared-options.ts';
import { textTable } from '../text-table.ts';

/** Finds an experiment by its name. @throws {DpoError} INVALID_OPTION when there is none */
export type PairsLoader = (experiment: string) => JudgedExperiment;

export interface JudgeRequest {
  readonly experiment: string;
  readonly pairsOf: PairsLoader;
}

/** The same for all, so that a sheet that is exported again is the same sheet, and answers to it stay valid. */
const SHEET_SEED = 0;

/** Gives the exit code; where the files are, or the tables, go to standard output. */
export async function runJudge(host: Host, request: JudgeRequest, options: CliOptions): Promise<number> {
  const files = sheetFiles(options.out ?? `judge-${request.experiment}.html`);
  const { import: answers = [] } = options;
  host.stdout.write(
    answers.length === 0
      ? await exportSheet(request, files, options)
      : await importAnswers(request, files, options),
  );
  return EXIT_OK;
}

interface SheetFiles {
  readonly html: string;
  readonly key: string;
  readonly tables: string;
}

/** All beside one another. @throws {DpoError} INVALID_OPTION when `html` is no page's name */
function sheetFiles(html: string): SheetFiles {
  const extension = extname(html);
  if (!['.html', '.htm'].includes(extension.toLowerCase())) {
    const message = `--out must be the sheet's file, whose name ends in .html, but it is "${html}".`;
    throw new DpoError('INVALID_OPTION', message, { details: { option: 'out' } });
  }
  const stem = join(dirname(html), basename(html, extension));
  return { html, key: `${stem}.key.json`, tables: `${stem}.md` };
}

async function exportSheet(
  { experiment, pairsOf }: JudgeRequest,
  files: SheetFiles,
  { json }: CliOptions,
): Promise<string> {
  const { title, pairs, ...missing } = pairsOf(experiment);
  const { html, key } = judgementSheet(pairs, { title, experiment, seed: SHEET_SEED });
  await keepOtherKeys(files.key, key);
  await madeParent(files.html);
  await writeFileAtomically(files.key, `${JSON.stringify(key, null, 1)}\n`);
  await writeFileAtomically(files.html, html);
  if (json)
    return `${JSON.stringify({ ...files, sheet: key.sheet, pairs: key.cards.length, omitted: key.omitted, ...missing })}\n`;
  return exportText(key, files, missing);
}

/** Answers to a sheet cannot be read without its key. @throws {DpoError} INVALID_OPTION where `path` is the key of another sheet */
async function keepOtherKeys(path: string, { sheet, experiment }: SheetKey): Promise<void> {
  const kept = existsSync(path) ? keyIn(await readText(path), path) : undefined;
  if (kept === undefined || kept.sheet === sheet) return;
  const which =
    kept.experiment === experiment
      ? `a sheet of "${experiment}" with other pictures`
      : `a sheet of the experiment "${kept.experiment}"`;
  const message = `${path} is the key of ${which}, and without it answers to that sheet cannot be read, so it is not replaced. Name the new sheet with --out, or remove the key if no answers are to come.`;
  throw new DpoError('INVALID_OPTION', message, { details: { option: 'out', file: path } });
}

/** Undefined where it is damaged: whoever asks for it is told to export the sheet again. */
function keyIn(text: string, path: string): SheetKey | undefined {
  try {
    return parseSheetKey(text, path);
  } catch (error) {
    if (error instanceof DpoError) return undefined;
    throw error;
  }
}

function exportText(
  { cards, omitted }: SheetKey,
  { html, key }: SheetFiles,
  { lostSeeds, openJobs }: Pick<JudgedExperiment, 'lostSeeds' | 'openJobs'>,
): string {
  const count = (reason: string) => omitted.filter((pair) => pair.reason === reason).length;
  const unchanged = count('unchanged');
  const rest = omitted.length - unchanged;
  const lines = [
    `${html}: ${counted(cards.length, 'pair')} to judge. Send judges this file alone; it opens in any browser, without network.`,
    `${key}: says which side is which. Keep it: --import needs it, and judges must not see it.`,
    ...(unchanged > 0
      ? [`Searches that found no other prompt: ${unchanged}. They count as draws and are not shown.`]
      : []),
    ...(rest > 0 ? [`${counted(rest, 'pair')} cannot be judged, for want of key concepts or pictures.`] : []),
    ...(openJobs > 0
      ? [
          `The experiment is not finished: ${counted(openJobs, 'job')} to do. A sheet that is written later is another one, with a key of its own.`,
        ]
      : []),
    ...(lostSeeds > 0
      ? [
          `Left out: ${counted(lostSeeds, 'seed')} of pairs, of which the store lacks a picture on one side or both.`,
        ]
      : []),
  ];
  return `${lines.join('\n')}\n`;
}

async function importAnswers(
  { experiment }: JudgeRequest,
  files: SheetFiles,
  { import: paths = [], json }: CliOptions,
): Promise<string> {
  const key = await readKey(files.key, experiment);
  const texts = await Promise.all(paths.map(async (name) => ({ name, text: await readText(name) })));
  const tables = judgementTables(readAnswers(texts, key), key);
  await writeFileAtomically(files.tables, judgementMarkdown(tables));
  if (json) return `${JSON.stringify(tables)}\n`;
  const sections = judgementSections(tables).map(sectionText);
  return `${sections.join('\n\n')}\n\nThe same as Markdown: ${files.tables}\n`;
}

/** @throws {DpoError} FILE_ACCESS when it is not there, INVALID_ANSWERS when it is none, or another experiment's */
async function readKey(path: string, experiment: string): Promise<SheetKey> {
  if (!existsSync(path)) throw noKey(path);
  const key = parseSheetKey(await readText(path), path);
  if (key.experiment === experiment) return key;
  const message = `${path} is the key of the experiment "${key.experiment}", not of "${experiment}". Name the sheet with --out.`;
  throw new DpoError('INVALID_ANSWERS', message, { details: { file: path } });
}

function noKey(path: string): DpoError {
  const message = `There is no ${path}, the key that was written beside the sheet. Name the sheet with --out, as when it was written.`;
  return new DpoError('FILE_ACCESS', message, { details: { option: 'out', path } });
}

function sectionText({ heading, rows, right, notes }: TextSection): string {
  return [heading, ...textTable(rows, right), ...notes].join('\n');
}

async function madeParent(path: string): Promise<void> {
  try {
    await makeFolder(dirname(path));
  } catch (cause) {
    throw fileWriteError(path, cause);
  }
}
