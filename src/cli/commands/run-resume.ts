/** @file What `resume` does: the study's own command again, on what the store knows of it. */
import type { StudyStore } from '../../store/study-store.ts';
import type { StoredStudy } from '../../store/study-table.ts';
import type { StudyResult } from '../../study/study-result.ts';
import { counted } from '../amount-text.ts';
import { EXIT_OK } from '../exit-code.ts';
import { generateCommandLine } from '../generate-command-line.ts';
import type { Host } from '../host.ts';
import { openExistingStore } from '../open-store.ts';
import type { CliOptions } from '../shared-options.ts';
import { readRequest } from '../study-request.ts';
import { studySummary } from '../study-summary.ts';
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
  if (study.state === 'done') return showDone(host, study, options);
  const { cwd, ...request } = readRequest(study);
  enter(host, cwd, options);
  const known = counted(study.evaluations, 'evaluation');
  const verb = study.evaluations === 1 ? 'is' : 'are';
  say(host, options, `Study ${study.id} is ${study.state}: ${known} of it ${verb} known.`);
  const out = study.runDir === null ? {} : { out: study.runDir };
  const kept = { ...request.options, ...out, ...options };
  return runStudy(host, { ...request, options: kept, resume: { store, id: study.id } });
}

/** What it came to, as it was written down: nothing is searched, and nothing written over. */
function showDone(host: Host, study: StoredStudy, options: CliOptions): number {
  const { prompt, options: asked } = readRequest(study);
  const result = { ...(study.result as StudyResult), runDir: study.runDir };
  say(host, options, `Study ${study.id} (${JSON.stringify(prompt)}) is done.`);
  const command = generateCommandLine(result, asked);
  host.stdout.write(options.json ? `${JSON.stringify(result)}\n` : studySummary(result, command));
  return EXIT_OK;
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
  if (!quiet) stderr.write(`${line}\n`);
}
