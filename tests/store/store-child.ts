/**
 * @file A process that works on a store, for tests of several at once: `store-child.ts PATH write COUNT`, `PATH visit COUNT` or
 * `PATH take EXPERIMENT`.
 * It says `ready`, begins when it is given a line, and says what is committed, line by line, when it is.
 */
import { readSync, writeSync } from 'node:fs';
import { StudyStore } from '../../src/store/study-store.ts';
import { evaluation, newStudy } from './store-rows.ts';

const [path, command, argument] = process.argv.slice(2);

say('ready');
readSync(0, Buffer.alloc(1));
if (command === 'visit') for (let i = 0; i < Number(argument); i++) visit();
else {
  const store = new StudyStore(path);
  if (command === 'write') write(store, Number(argument));
  else take(store, argument);
  store.close();
}

/** Is there, and the last one there, for a moment. */
function visit(): void {
  const store = new StudyStore(path);
  say(`study ${store.studies.begin(newStudy()).id}`);
  store.close();
}

function write(store: StudyStore, count: number): void {
  const { id, number } = store.studies.begin(newStudy());
  say(`study ${id}`);
  for (let place = 0; place < count; place++) {
    store.atomically(() => {
      store.history.addEvent(number, place, { type: 'candidate', index: place });
      store.history.addEvaluation(number, evaluation(place));
      store.studies.note(id, { evaluations: place + 1, originalLoss: 1, bestLoss: 0.5 });
    });
    say(`written ${place}`);
  }
}

function take(store: StudyStore, experiment: string): void {
  for (let job = store.experiments.take(experiment); job; job = store.experiments.take(experiment)) {
    say(`took ${job.place}`);
    store.experiments.finish(experiment, job.place, { by: process.pid });
  }
}

/** At once: what waits in a buffer would be lost with the process. */
function say(line: string): void {
  writeSync(1, `${line}\n`);
}
