/** @file What `resume` does: the study's own command again, on what the store knows of it. */
import type { StudyStore } from '../../store/study-store.ts';
import type { StoredStudy } from '../../store/study-table.ts';
import { runFolderState } from '../../study/run-folder-contents.ts';
import type { StudyResult } from '../../study/study-result.ts';
import { counted } from '../amount-text.ts';
import { EXIT_OK } from '../exit-code.ts';
import { generateCommandLine } from '../generate-command-line.ts';
import type { Host } from '../host.ts';
import { openExistingStore } from '../open-store.ts';
import type { CliOptions } from '../shared-options.ts';
import { readRequest } from '../study-request.ts';
import { studySummary } from '../study-summary.ts';
import { suggestedCommand } from '../suggested-command.ts';
import { visibleText } from '../visible-text.ts';
import { warn } from '../warn.ts';
import { runStudy } from './run-study.ts';

export async function runResume(host: Host, id: string, options: CliOptions): Promise<number> {
  const store = await openExistingStore(host, options);
  try {
    return await resumed(host, store, id, options);
  } finally {
    store.close();
  }
}

async function resumed(host: Host, store: StudyStore, id: string, options: CliOptions): Promise<number> {
  const study = store.studies.get(id);
  // Refused before its folder is touched.
  if (study.state === 'running') store.studies.claim(study.id);
  if (study.state === 'done' && (await isShown(host, store, study, options))) return EXIT_OK;
  const { cwd, ...request } = readRequest(study, options);
  enter(host, cwd, options);
  say(host, options, goingOnLine(study));
  const out = study.runDir === null ? {} : { out: study.runDir };
  const kept = { ...request.options, ...out, ...options };
  return runStudy(host, { ...request, options: kept, resume: { store, id: study.id } });
}

function goingOnLine({ id, state, evaluations, runDir }: StoredStudy): string {
  if (state === 'done')
    return `Study ${id} is done, but not all of its pictures and reports are in ${runDir}: they are made again from the store.`;
  const verb = evaluations === 1 ? 'is' : 'are';
  return `Study ${id} is ${state}: ${counted(evaluations, 'evaluation')} of it ${verb} known.`;
}

/** Shows what it came to, as it was written down, unless its folder must be written again first. */
async function isShown(
  host: Host,
  store: StudyStore,
  study: StoredStudy,
  options: CliOptions,
): Promise<boolean> {
  const { prompt, options: asked } = readRequest(study, options);
  const { id, runDir } = study;
  const folder =
    runDir === null ? 'whole' : await runFolderState(runDir, id, store.history.events(study.number));
  if (folder === 'incomplete') return false;
  const result = { ...(study.result as StudyResult), runDir: folder === 'other' ? null : runDir };
  say(host, options, `Study ${id} (${JSON.stringify(prompt)}) is done.`);
  if (folder === 'other')
    warn(host, options, [
      `Another run is in its folder ${runDir} by now. Move that away, and ${suggestedCommand(['resume', id], options)} writes this one's pictures and report again.`,
    ]);
  const command = generateCommandLine(result, asked);
  host.stdout.write(options.json ? `${JSON.stringify(result)}\n` : studySummary(result, command));
  return true;
}

/** Its relative paths are relative to where it was begun; a study without any does not need that folder. */
function enter(host: Host, cwd: string, options: CliOptions): void {
  if (process.cwd() === cwd) return;
  try {
    process.chdir(cwd);
  } catch {
    warn(host, options, [
      `The folder ${cwd}, where the study was begun, cannot be entered; relative paths are read from here.`,
    ]);
  }
}

function say({ stderr }: Host, { quiet }: CliOptions, line: string): void {
  if (!quiet) stderr.write(`${visibleText(line)}\n`);
}
