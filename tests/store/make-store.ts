/** @file A process that makes a store with one study: `make-store.ts PATH [VERSION]`. It says the study's id. */
import { Database } from '../../src/store/database.ts';
import { StudyStore } from '../../src/store/study-store.ts';
import { newStudy } from './store-rows.ts';

const [path, version] = process.argv.slice(2);

const store = new StudyStore(path);
const { id } = store.studies.begin(newStudy());
store.close();
if (version !== undefined) {
  const database = new Database(path);
  database.version = Number(version);
  database.close();
}
process.stdout.write(`${id}\n`);
