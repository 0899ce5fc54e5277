import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newStudy } from '../../../tests/store/store-rows.ts';
import { temporaryStores } from '../../../tests/store/temporary-store.ts';
import { QUICK_STUDY, STUDY_PROMPT } from '../../../tests/study/quick-study.ts';
import { StudyStore } from '../../store/study-store.ts';
import { attack, improve } from '../improve.ts';
import { loadPipeline } from '../load-pipeline.ts';
import type { StudyResult } from '../study-result.ts';
import { type DatasetRow, datasetJsonSchema, datasetRowSchema } from './dataset-row.ts';
import type { DatasetOptions } from './export-dataset.ts';
import { datasetRows, datasetTexts } from './export-dataset.ts';

const DOCS = join(import.meta.dirname, '../../../docs');
const freshPath = temporaryStores();
const store = new StudyStore(freshPath());
const pipeline = await loadPipeline({ threads: 1 });
afterAll(() => pipeline.release());

let improved: StudyResult;
let attacked: StudyResult;
/** One whose budget is the original alone. */
let unimproved: StudyResult;

beforeAll(async () => {
  const record = { store };
  improved = await improve(pipeline, STUDY_PROMPT, {
    ...QUICK_STUDY,
    method: 'random',
    record: { ...record, experiment: 'figure-6' },
  }).result();
  attacked = await attack(pipeline, STUDY_PROMPT, {
    ...QUICK_STUDY,
    seeds: [0],
    heldOutSeeds: [],
    budget: 14,
    minSimilarity: -1,
    record,
  }).result();
  unimproved = await improve(pipeline, STUDY_PROMPT, {
    ...QUICK_STUDY,
    budget: 1,
    method: 'random',
    record,
  }).result();
  store.studies.begin(newStudy());
  const failed = store.studies.begin(newStudy());
  store.studies.fail(failed.id, 'no memory');
});

function textOf(options: DatasetOptions): string {
  return [...datasetTexts(store, options)].join('');
}

function rows(options: DatasetOptions = {}): DatasetRow[] {
  return textOf(options)
    .trimEnd()
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => datasetRowSchema.parse(JSON.parse(line)));
}

/** A store with one study that came to `result`, and the study's id. */
function storeWith(result: StudyResult): readonly [StudyStore, string] {
  const one = new StudyStore(freshPath());
  const { id } = one.studies.begin(newStudy());
  one.studies.finish(id, result);
  return [one, id];
}

describe('jsonl', () => {
  it('has a line for each study that is done, the oldest first, and says which found nothing', () => {
    expect(rows().map(({ studyId, improved: is }) => [studyId, is])).toEqual([
      [improved.studyId, true],
      [attacked.studyId, true],
      [unimproved.studyId, false],
    ]);
  });

  it('says what the study did', () => {
    const [row] = rows();
    expect(row).toMatchObject({
      ...{ experiment: 'figure-6', task: 'improve', prompt: STUDY_PROMPT, optimizedPrompt: STUDY_PROMPT },
      ...{ negativePrompt: improved.best.negativePrompt, seeds: [2], heldOutSeeds: [3, 5], model: 'pocket' },
      losses: {
        searched: { before: improved.original.loss, after: improved.best.loss },
        heldOut: { before: improved.original.heldOutLoss, after: improved.best.heldOutLoss },
      },
      settings: { steps: 4, guidanceScale: 5, width: 64, height: 64 },
      heldOutInterval: improved.heldOutDifference!.interval,
    });
    expect(row.gain).toBe(improved.original.heldOutLoss! - improved.best.heldOutLoss!);
  });

  it("counts an attack's gain upwards, on the searched seeds where none are held out", () => {
    const row = rows()[1];
    expect(row).toMatchObject({ task: 'attack', losses: { heldOut: { before: null, after: null } } });
    expect(row.gain).toBe(attacked.best.loss! - attacked.original.loss!);
    expect(row.gain).toBeGreaterThan(0);
    expect(row.optimizedPrompt).toBe(attacked.best.prompt);
    expect(row.optimizedPrompt).not.toBe(STUDY_PROMPT);
  });

  it('is of an experiment, of named studies, or of those that gained enough', () => {
    const ids = (options: DatasetOptions) => rows(options).map(({ studyId }) => studyId);
    expect(ids({ experiment: 'figure-6' })).toEqual([improved.studyId]);
    expect(() => ids({ experiment: 'figure-7' })).toThrow(/There is no experiment "figure-7"/);
    const begins = attacked.studyId!.slice(0, 6);
    expect(ids({ studies: [begins, attacked.studyId!] })).toEqual([attacked.studyId]);
    expect(ids({ studies: [begins], experiment: 'figure-6' })).toEqual([]);
    const gains = rows().map(({ gain }) => gain!);
    const most = Math.max(...gains);
    expect(rows({ minGain: most }).map(({ gain }) => gain)).toEqual([most]);
    expect(ids({ minGain: most + 1e-9 })).toEqual([]);
  });

  it('refuses a study that is not done, and one that nobody knows', () => {
    const [failed] = store.studies.list({ states: ['failed'] });
    expect(() => textOf({ studies: [improved.studyId!, failed.id] })).toThrow(
      `The study ${failed.id} is not done (it is failed), so there is nothing of it to export. End it with dpo-diff resume ${failed.id}, or leave it out.`,
    );
    expect(() => textOf({ studies: ['!!'] })).toThrow(/There is no study "!!"/);
  });

  it('holds one study in memory at a time', () => {
    const texts = datasetRows(store, {});
    expect(texts.next().value?.studyId).toBe(improved.studyId);
    expect(texts.return().done).toBe(true);
  });
});

describe('docs', () => {
  it('have the JSON Schema of a line; npm run schema writes it', () => {
    const written = JSON.parse(readFileSync(join(DOCS, 'dataset.schema.json'), 'utf8'));
    expect(written).toEqual(JSON.parse(JSON.stringify(datasetJsonSchema())));
    expect(Object.keys(written.properties)).toEqual(Object.keys(rows()[0]));
  });

  it('show a line that is one, and name every field', () => {
    const page = readFileSync(join(DOCS, 'dataset.md'), 'utf8');
    const [, shown] = /```json\n([\s\S]*?)```/.exec(page)!;
    const { model, scorer } = rows()[0];
    expect(datasetRowSchema.parse(JSON.parse(shown))).toMatchObject({ task: 'improve', model, scorer });
    for (const name of Object.keys(rows()[0])) expect(page).toContain(`| \`${name}\``);
  });
});

describe('prompt formats', () => {
  it('leave out what found nothing better', () => {
    const lines = textOf({ format: 'a1111' }).trimEnd().split('\n');
    expect(lines).toHaveLength(2);
    const { negativePrompt } = improved.best;
    expect(lines[0]).toBe(
      `--prompt "${STUDY_PROMPT}" --negative_prompt "${negativePrompt}" --steps 4 --cfg_scale 5 --seed 2 --width 64 --height 64 --sampler_name "DDIM"`,
    );
    expect(lines[1]).toContain(`--prompt "${attacked.best.prompt}" --steps 4`);
  });

  it('have workflows in one JSON array', () => {
    const workflows = JSON.parse(textOf({ format: 'comfyui' }));
    expect(workflows).toHaveLength(2);
    expect(workflows[0].positive.inputs.text).toBe(STUDY_PROMPT);
    expect(workflows[0].negative.inputs.text).toBe(improved.best.negativePrompt);
    expect(workflows[0].sampler.inputs).toMatchObject({ seed: 2, steps: 4, cfg: 5, sampler_name: 'ddim' });
    expect(workflows[0].save.inputs.filename_prefix).toBe(`dpo-diff/${improved.studyId}`);
  });

  it('leave out what the study itself says is not better on other seeds, and JSONL says so', () => {
    const [other, id] = storeWith({ ...improved, for: 'prompt', foundBetter: false });
    const [row] = [...datasetRows(other, {})];
    expect(row).toMatchObject({ studyId: id, improved: false, negativePrompt: improved.best.negativePrompt });
    expect([...datasetTexts(other, { format: 'a1111' })]).toEqual([]);
    expect(JSON.parse([...datasetTexts(other, { format: 'comfyui' })].join(''))).toEqual([]);
    const [undecided] = storeWith({ ...improved, for: 'prompt', foundBetter: null });
    expect([...datasetRows(undecided, {})][0].improved).toBe(true);
  });

  it('leave out, and count, what the web UI would take for a command', () => {
    const negativePrompt = `${improved.best.negativePrompt} <lora:x:1>`;
    const [other] = storeWith({ ...improved, best: { ...improved.best, negativePrompt } });
    const count = { exported: 0, unsayable: 0 };
    expect([...datasetTexts(other, { format: 'a1111' }, count)]).toEqual([]);
    expect(count).toEqual({ exported: 0, unsayable: 1 });
    const [workflow] = JSON.parse([...datasetTexts(other, { format: 'comfyui' })].join(''));
    expect(workflow.negative.inputs.text).toBe(negativePrompt);
  });

  it('are empty where nothing fits', () => {
    expect(textOf({ format: 'a1111', studies: [unimproved.studyId!] })).toBe('');
    expect(JSON.parse(textOf({ format: 'comfyui', studies: [unimproved.studyId!] }))).toEqual([]);
  });
});
