/** @file A process that takes a job of the experiment `small`, where it is told to, and is then killed: `dying-worker STORE take|idle`. */
import { StudyStore } from '../../src/store/study-store.ts';

const [path, what] = process.argv.slice(2);
const store = new StudyStore(path);
const key = what === 'take' ? store.experiments.take('small')?.key : undefined;
process.send?.(key ?? '', () => process.kill(process.pid, 'SIGKILL'));
