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
/** On a narrow terminal, columns go in this order until so much of the prompt can be seen. */
const DISPENSABLE = ['evaluations', 'begun', 'loss'];
const MIN_PROMPT = 20;
const GAP = 2;

/** @param columns of the terminal; what goes elsewhere is not cut */
function tableText(studies: readonly StudySummary[], columns = Number.POSITIVE_INFINITY): string {
  const rows = [HEADER, ...studies.map(cellsOf)];
  const widths = HEADER.map((_, column) => Math.max(...rows.map((row) => [...row[column]].length)));
  const shown = shownColumns(widths, columns);
  const room = Math.max(columns - beforePrompt(widths, shown), MIN_PROMPT);
  const cut = rows.map((row) => [...shown.map((column) => row[column]), shortened(row.at(-1)!, room)]);
  const failures = studies.flatMap(({ id, error }) =>
    error === null ? [] : [visibleText(`${id}: ${error}`)],
  );
  const table = textTable(cut, [shown.indexOf(HEADER.indexOf('evaluations'))]);
  return [...table, ...(failures.length > 0 ? ['', ...failures] : [])].join('\n');
}

/** Those before the prompt. */
function shownColumns(widths: readonly number[], columns: number): number[] {
  let shown = [...HEADER.keys()].slice(0, -1);
  for (const name of DISPENSABLE) {
    if (beforePrompt(widths, shown) + Math.min(MIN_PROMPT, widths.at(-1)!) <= columns) break;
    shown = shown.filter((column) => HEADER[column] !== name);
  }
  return shown;
}

function beforePrompt(widths: readonly number[], shown: readonly number[]): number {
  return shown.reduce((sum, column) => sum + widths[column] + GAP, 0);
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
