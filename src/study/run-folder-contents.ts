/** @file What lies in a run folder: which names are a run's, whose the files of such names are, and whether a run is whole. */
import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { DpoError } from '../errors.ts';
import type { PictureEvent } from './study-event.ts';

export const EVENTS_FILE = 'events.jsonl';
/** Where events go as long as the earlier run is still there. */
export const FIRST_EVENTS_FILE = 'events.jsonl.tmp';
export const RESULT_FILE = 'result.json';
export const GRID_FILE = 'grid.png';
export const REPORT_FILE = 'report.html';

/** Names that a run gives to its files; nothing else in the folder is ever removed. */
const OWN_FILE =
  /^(events\.jsonl|result\.json|report\.html|grid\.png|(held-out-)?(original|best)--?\d+\.png)(\.tmp)?$/;

type PicturePlace = Pick<PictureEvent, 'which' | 'seed' | 'heldOut'>;

/** `original-0.png`, or `held-out-original-2.png`. */
export function pictureFile({ which, seed, heldOut }: PicturePlace): string {
  return `${heldOut ? 'held-out-' : ''}${which}-${seed}.png`;
}

/**
 * Whether an earlier run is in the folder. Where neither events nor a result lie, none was, and pictures of such names are somebody's
 * own until they are overwritten.
 * @throws {DpoError} FILE_ACCESS when a file of such a name was not written by a run
 */
export async function holdsRun(dir: string): Promise<boolean> {
  const names = await readdir(dir);
  const found = [EVENTS_FILE, RESULT_FILE].filter((name) => names.includes(name));
  for (const name of found) if (!(await isOfRun(dir, name))) throw foreignFile(dir, name);
  // Every run has events beside its report.
  if (found.length === 0 && names.includes(REPORT_FILE)) throw foreignFile(dir, REPORT_FILE);
  return found.length > 0;
}

/** Removes what a run leaves behind, but for the events that the next one has told already. */
export async function removeEarlierRun(dir: string): Promise<void> {
  const names = await readdir(dir);
  const own = names.filter((name) => OWN_FILE.test(name) && name !== FIRST_EVENTS_FILE);
  await Promise.all(own.map((name) => rm(join(dir, name), { force: true })));
}

/** `other` where the folder holds another run by now. */
export type RunFolderState = 'whole' | 'incomplete' | 'other';

/**
 * How the folder of a study that is done is found again, after a crash or by chance years later.
 * @param events of the study, as the store has them
 */
export async function runFolderState(
  dir: string,
  studyId: string,
  events: readonly unknown[],
): Promise<RunFolderState> {
  const owner = await studyIn(dir);
  if (owner !== undefined && owner !== studyId) return 'other';
  const names = new Set(await readdir(dir).catch((): string[] => []));
  const isThere = expectedFiles(events).every((name) => names.has(name));
  // The first line says only whose events these are; the last one is written when all were told.
  return isThere && /\n\{"type":"finished".*\n$/.test(await textOf(join(dir, EVENTS_FILE)))
    ? 'whole'
    : 'incomplete';
}

function expectedFiles(events: readonly unknown[]): string[] {
  const pictures = (events as readonly { readonly type: string }[]).filter(
    (event): event is PictureEvent => event.type === 'picture',
  );
  return [
    ...[EVENTS_FILE, RESULT_FILE, REPORT_FILE],
    ...(pictures.length > 0 ? [GRID_FILE] : []),
    ...pictures.map(pictureFile),
  ];
}

/** The id of the study whose events lie in the folder; null for a run without a store, undefined where none can be read. */
async function studyIn(dir: string): Promise<string | null | undefined> {
  const text = await textOf(join(dir, EVENTS_FILE));
  const started = text.split('\n', 1)[0];
  try {
    return (JSON.parse(started) as { readonly studyId?: string }).studyId ?? null;
  } catch {
    return undefined;
  }
}

/** By what only a run writes. An empty file is nobody's loss. */
async function isOfRun(dir: string, name: string): Promise<boolean> {
  const text = await readFile(join(dir, name), 'utf8').catch((error: NodeJS.ErrnoException) => {
    // A folder of that name is told of by whoever writes.
    if (error.code === 'EISDIR') return '';
    throw error;
  });
  if (text === '') return true;
  return name === EVENTS_FILE ? /^\{"type":"(started|warning)"/.test(text) : isResult(text);
}

function isResult(text: string): boolean {
  try {
    const { stoppedBy, unetCalls, history } = JSON.parse(text);
    return typeof stoppedBy === 'string' && typeof unetCalls === 'number' && Array.isArray(history);
  } catch {
    return false;
  }
}

async function textOf(path: string): Promise<string> {
  return readFile(path, 'utf8').catch(() => '');
}

function foreignFile(dir: string, name: string): DpoError {
  const path = join(dir, name);
  return new DpoError(
    'FILE_ACCESS',
    `"${path}" was not written by dpo-diff, and a run would overwrite it. Choose another folder with --out, or move that file.`,
    { details: { path } },
  );
}
