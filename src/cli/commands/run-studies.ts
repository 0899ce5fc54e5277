/** @file What `studies` does: lists what the store has. */
import type { StudySummary } from '../../store/study-table.ts';
import { EXIT_OK } from '../exit-code.ts';
import type { Host } from '../host.ts';
import { openExistingStore } from '../open-store.ts';
import type { CliOptions } from '../shared-options.ts';
import { textTable } from '../text-table.ts';
import { visibleText } from '../visible-text.ts';

const DEFAULT_LIMIT = 20;

export async function runStudies(host: Host, options: CliOptions): Promise<number> {
  const store = await openExistingStore(host, options);
  try {
    const { state, limit = DEFAULT_LIMIT } = options;
    const states = state && { states: [state] };
    const studies = store.studies.list({ ...states, ...(Number.isFinite(limit) && { limit: limit + 1 }) });
    const shown = studies.slice(0, limit);
    const text = shown.length === 0 ? emptyText(store.path, state) : tableText(shown, host.stdout.columns);
    const more = studies.length > shown.length ? `\nOlder ones: --limit unlimited.\n` : '';
    host.stdout.write(options.json ? `${JSON.stringify(shown)}\n` : `${text}\n${more}`);
    return EXIT_OK;
  } finally {
    store.close();
  }
}

function emptyText(path: string, state: CliOptions['state']): string {
  return state === undefined
    ? `There are no studies in ${path} yet. dpo-diff improve "…" begins one.`
    : `There are no ${state} studies in ${path}.`;
}

const HEADER = ['study', 'state', 'begun', 'evaluations', 'loss', 'prompt'];
const GAPS = 2 * (HEADER.length - 1);

/** @param columns of the terminal; what goes elsewhere is not cut */
function tableText(studies: readonly StudySummary[], columns = Number.POSITIVE_INFINITY): string {
  const rows = studies.map(cellsOf);
  const fixed = [HEADER, ...rows].map((row) => row.slice(0, -1));
  const used = HEADER.slice(0, -1).reduce(
    (sum, _, column) => sum + Math.max(...fixed.map((row) => [...row[column]].length)),
    GAPS,
  );
  const room = Math.max(columns - used, 20);
  const cut = rows.map((row) => [...row.slice(0, -1), shortened(row.at(-1)!, room)]);
  const failures = studies.flatMap(({ id, error }) =>
    error === null ? [] : [visibleText(`${id}: ${error}`)],
  );
  return [...textTable([HEADER, ...cut], [3]), ...(failures.length > 0 ? ['', ...failures] : [])].join('\n');
}

function cellsOf(study: StudySummary): string[] {
  const { id, state, created, evaluations, task, prompt } = study;
  const begun = `${created.slice(0, 10)} ${created.slice(11, 16)}`;
  return [
    id,
    state,
    begun,
    String(evaluations),
    lossText(study),
    `${task === 'attack' ? 'attack: ' : ''}${prompt}`,
  ];
}

function lossText({ originalLoss, bestLoss }: StudySummary): string {
  const text = (loss: number | null) => loss?.toFixed(3) ?? '–';
  return originalLoss === null && bestLoss === null ? '–' : `${text(originalLoss)} → ${text(bestLoss)}`;
}

function shortened(text: string, length: number): string {
  const letters = [...visibleText(text.replace(/\s+/g, ' '))];
  return letters.length <= length ? letters.join('') : `${letters.slice(0, length - 1).join('')}…`;
}
