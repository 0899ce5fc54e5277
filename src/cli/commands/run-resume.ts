/** @file What `resume` does: the study's own command again, on what the store knows of it. */
import { DpoError } from '../../errors.ts';
import type { StudyStore } from '../../store/study-store.ts';
import { counted } from '../amount-text.ts';
import type { Host } from '../host.ts';
import { openExistingStore } from '../open-store.ts';
import type { CliOptions } from '../shared-options.ts';
import { readRequest } from '../study-request.ts';
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
  const { cwd, ...request } = readRequest(study);
  enter(cwd);
  if (!options.quiet) {
    const known = counted(study.evaluations, 'evaluation');
    host.stderr.write(
      `Study ${study.id} is ${study.state}: ${known} of it ${study.evaluations === 1 ? 'is' : 'are'} known.\n`,
    );
  }
  const out = study.runDir === null ? {} : { out: study.runDir };
  const kept = { ...request.options, ...out, ...options };
  return runStudy(host, { ...request, options: kept, resume: { store, id: study.id } });
}

/** Its relative paths are relative to where it was begun. */
function enter(cwd: string): void {
  if (process.cwd() === cwd) return;
  try {
    process.chdir(cwd);
  } catch (cause) {
    throw new DpoError('FILE_ACCESS', `The folder ${cwd}, where the study was begun, cannot be entered.`, {
      details: { path: cwd },
      cause,
    });
  }
}
