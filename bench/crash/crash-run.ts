/** @file One study that is killed again and again until it gets to its end, and what is left of it each time. */
import { type ChildProcess, spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { StudyStore } from '../../src/store/study-store.ts';
import type { MersenneTwister } from '../../src/tensor/mersenne-twister.ts';

const MAIN = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));
const TSX = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;

/** A study of about two seconds: gradients, then evolution, then held-out seeds. */
const STUDY = [
  ...['improve', 'a red cat and a blue car', '--steps', '4', '--budget', '9', '--iterations', '3'],
  ...['--seeds', '0', '--held-out-seeds', '1,2', '--quiet', '--json'],
];

/** What a study comes to, without times and places. */
export interface StudyOutcome {
  readonly best: unknown;
  /** All evaluations in the store, in order. */
  readonly evaluations: readonly unknown[];
}

export interface CrashFigures {
  /** Processes that were killed. */
  kills: number;
  /** Studies that were killed at least once and came to their end. */
  studies: number;
  /** Of them, those that ended otherwise than an undisturbed one. */
  different: number;
  /** Evaluations that had been committed and were gone after a kill. */
  lost: number;
  /** Stores that SQLite found damaged. */
  damaged: number;
  /** What went wrong, in words. */
  readonly problems: string[];
}

/** Kills one study at random instants. */
export class CrashRun {
  readonly #dir: string;
  readonly #rng: Pick<MersenneTwister, 'float64'>;
  #undisturbed: StudyOutcome | undefined;
  /** Of the undisturbed run, loading included; kills fall into it. */
  #milliseconds = 0;

  /** @param dir a folder of its own, whose files are written over */
  constructor(dir: string, rng: Pick<MersenneTwister, 'float64'>) {
    this.#dir = dir;
    this.#rng = rng;
  }

  /** Runs the study in peace, to know what it comes to. */
  async begin(): Promise<void> {
    this.#clear();
    const start = performance.now();
    const { code, stderr } = await this.#run(STUDY, undefined);
    if (code !== 0) throw new Error(`The undisturbed study failed: ${stderr}`);
    this.#milliseconds = performance.now() - start;
    this.#undisturbed = this.#outcome();
  }

  /** One study, killed until it is done or `kills` are spent; then it is left in peace. */
  async study(figures: CrashFigures, kills: number): Promise<void> {
    this.#clear();
    let known = 0;
    for (let kill = 0; kill < kills; kill++) {
      const id = this.#studyId();
      const { killed } = await this.#run(commandOf(id), this.#rng.float64() * this.#milliseconds * 1.1);
      if (!killed) break;
      figures.kills += 1;
      known = this.#inspect(figures, known);
    }
    const id = this.#studyId();
    const { code, stderr } = await this.#run(commandOf(id), undefined);
    figures.studies += 1;
    if (code !== 0) figures.problems.push(`exit ${code}: ${stderr}`);
    this.#inspect(figures, known);
    if (JSON.stringify(this.#outcome()) === JSON.stringify(this.#undisturbed)) return;
    figures.different += 1;
    figures.problems.push(`another outcome: ${JSON.stringify(this.#outcome()).slice(0, 400)}`);
  }

  /** Looks into the store as a kill has left it; gives how many evaluations it holds. */
  #inspect(figures: CrashFigures, before: number): number {
    const store = new StudyStore(this.#store);
    try {
      if (!store.isSound()) figures.damaged += 1;
      const [study] = store.studies.list();
      const count = study ? store.history.evaluations(store.studies.get(study.id).number).length : 0;
      if (count < before) figures.lost += before - count;
      return count;
    } finally {
      store.close();
    }
  }

  #outcome(): StudyOutcome | undefined {
    const store = new StudyStore(this.#store);
    try {
      const [summary] = store.studies.list();
      if (!summary) return undefined;
      const { number, result } = store.studies.get(summary.id);
      const evaluations = store.history
        .evaluations(number)
        .map(({ seconds: _, details, ...rest }) => ({ ...rest, details }));
      return { best: (result as { best: unknown } | null)?.best, evaluations };
    } finally {
      store.close();
    }
  }

  #studyId(): string | undefined {
    const store = new StudyStore(this.#store);
    try {
      return store.studies.list()[0]?.id;
    } finally {
      store.close();
    }
  }

  get #store(): string {
    return join(this.#dir, 'studies.db');
  }

  #clear(): void {
    for (const name of ['studies.db', 'studies.db-wal', 'studies.db-shm', 'studies.db.images', 'runs'])
      rmSync(join(this.#dir, name), { recursive: true, force: true });
  }

  #run(args: readonly string[], killAfterMs: number | undefined): Promise<Ended> {
    const child = spawn(process.execPath, ['--import', TSX, MAIN, ...args], {
      cwd: this.#dir,
      env: { ...process.env, DPO_DIFF_STORE: this.#store },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    return ended(child, killAfterMs);
  }
}

interface Ended {
  readonly code: number | null;
  readonly killed: boolean;
  readonly stderr: string;
}

function ended(child: ChildProcess, killAfterMs: number | undefined): Promise<Ended> {
  let stderr = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const timer = killAfterMs === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), killAfterMs);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      resolve({ code, killed: signal === 'SIGKILL', stderr });
    });
  });
}

/** The study again where it was begun, else from the start. */
function commandOf(id: string | undefined): readonly string[] {
  return id === undefined ? STUDY : ['resume', id, '--quiet', '--json'];
}
