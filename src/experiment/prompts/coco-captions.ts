/** @file Captions of MS-COCO (`captions_val2014.json` and its like) as prompts. */
import { z } from 'zod';
import { DpoError } from '../../errors.ts';
import { withPromptFile } from './open-prompt-file.ts';

/** As much of the format as is read. */
const annotationSchema = z.object({ image_id: z.union([z.number(), z.string()]), caption: z.string() });
const fileSchema = z.object({ annotations: z.array(z.unknown()) });

const WHAT = 'the captions of MS-COCO, such as captions_val2014.json';
/** Many times the largest of COCO's own files, and what one string can hold. */
const MAX_BYTES = 2 ** 29 - 24;

/**
 * Calls `take` for the first caption of each image in the file at `path`.
 * @throws {DpoError} FILE_ACCESS; INVALID_PROMPT when the file is none of COCO's, naming the record which is wrong
 */
export async function readCocoCaptions(path: string, take: (caption: string) => void): Promise<void> {
  const seen = new Set<number | string>();
  annotationsOf(await readText(path), path).forEach((annotation, index) => {
    const parsed = annotationSchema.safeParse(annotation);
    if (!parsed.success) throw notCoco(path, `annotations[${index}] has no image_id with a text caption`);
    const { image_id: image, caption } = parsed.data;
    if (seen.has(image)) return;
    seen.add(image);
    take(caption);
  });
}

function readText(path: string): Promise<string> {
  return withPromptFile(path, WHAT, async (file) => {
    const { size } = await file.stat();
    if (size > MAX_BYTES) throw notCoco(path, `it has ${size} bytes, more than any of them`);
    return (await file.readFile('utf8')).replace(/^\uFEFF/, '');
  });
}

function annotationsOf(text: string, path: string): readonly unknown[] {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw notCoco(path, 'it is no JSON');
  }
  const parsed = fileSchema.safeParse(json);
  if (!parsed.success) throw notCoco(path, 'it has no list of annotations');
  return parsed.data.annotations;
}

function notCoco(path: string, problem: string): DpoError {
  const message = `The file ${path} is not read: expected ${WHAT}; ${problem}.`;
  return new DpoError('INVALID_PROMPT', message, { details: { path } });
}
