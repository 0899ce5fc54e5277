/** @file What a user names as scorers, opened: folders, files and objects, with weights, and one held out. */
import { realpath } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import type { ClipFolder } from '../checkpoint/clip-folder.ts';
import { openClipModel } from '../checkpoint/clip-model.ts';
import type { ClipTokenizer } from '../checkpoint/clip-tokenizer.ts';
import { type ClipLoss, checkClipLoss, type Scorer, type WeightedScorer } from '../diffusion/scorer.ts';
import type { ScorerSetup, ScorerSource } from '../diffusion/scorer-setup.ts';
import { DpoError } from '../errors.ts';

/** A folder or file with a CLIP model, or an object that judges pictures. */
export type ScorerChoice = string | Scorer;

export interface ScorerOptions {
  /**
   * What judges the pictures: a CLIP model (a folder in the layout of Hugging Face or OpenCLIP, or a `.safetensors` file of
   * OpenCLIP's), a scorer of your own, or several with weights, whose losses are added. @default `scorer/` inside the model's folder
   */
  readonly scorer?: ScorerChoice | readonly (ScorerChoice | WeightedScorer<ScorerChoice>)[];
  /** Another one, which judges the original and the best, and has no part in the search. @default none */
  readonly heldOutScorer?: ScorerChoice;
  /** How CLIP scorers measure. @default 'spherical' */
  readonly loss?: ClipLoss;
}

/** What scorers are opened with, besides what the user says. */
export interface ScorerSurroundings {
  /** The path of the model's own scorer, asked for where nobody names one. */
  readonly own: () => string;
  /** Of the model: for scorers that come without one. */
  readonly tokenizer: ClipTokenizer;
  /** The path of what the user named: a path, or a name on the hub. */
  readonly locate: (name: string) => string;
}

/**
 * Opens the scorers that `options` name; those of one file are one.
 * @throws {DpoError} FILE_ACCESS, INVALID_CHECKPOINT or UNSUPPORTED_MODEL; INVALID_OPTION for a loss that there is not
 */
export async function openScorers(
  options: ScorerOptions,
  { own, tokenizer, locate }: ScorerSurroundings,
): Promise<ScorerSetup> {
  const loss = checkClipLoss(options.loss ?? 'spherical');
  const opened = new Map<string, ClipFolder>();
  const open = async (choice: ScorerChoice): Promise<ScorerSource> => {
    if (typeof choice !== 'string') return checkedScorer(choice);
    const clip = await openClipModel(locate(choice), tokenizer);
    const place = await realpath(clip.dir);
    const known = opened.get(place) ?? clip;
    opened.set(place, known);
    return known;
  };
  const scorers: WeightedScorer<ScorerSource>[] = [];
  for (const given of chosen(options.scorer, own))
    scorers.push({ ...given, scorer: await open(given.scorer) });
  const heldOut =
    options.heldOutScorer === undefined
      ? undefined
      : { scorer: await open(options.heldOutScorer), ...sourceOf(options.heldOutScorer) };
  const tellApart = distinctNames([...opened.values()]);
  return {
    scorers: scorers.map((given) => ({ ...given, scorer: tellApart(given.scorer) })),
    loss,
    ...(heldOut && { heldOut: { ...heldOut, scorer: tellApart(heldOut.scorer) } }),
  };
}

/** Folders of one name, as `scorer` is inside each model, are called by that above them too. */
function distinctNames(clips: readonly ClipFolder[]): (scorer: ScorerSource) => ScorerSource {
  const renamed = new Map<ScorerSource, ClipFolder>();
  for (const clip of clips) {
    const isShared = clips.some((other) => other !== clip && other.name === clip.name);
    if (isShared) renamed.set(clip, { ...clip, name: `${basename(dirname(clip.dir))}/${clip.name}` });
  }
  return (scorer) => renamed.get(scorer) ?? scorer;
}

/** What the user named, each once: paths, and names on the hub. The model's own scorer is none of them. */
export function namedScorerPaths({ scorer, heldOutScorer }: ScorerOptions): readonly string[] {
  const given = scorer === undefined ? [] : chosen(scorer, () => '').map((choice) => choice.scorer);
  return [...new Set([...given, heldOutScorer])].filter((choice) => typeof choice === 'string');
}

function checkedScorer(scorer: Scorer): Scorer {
  if (typeof scorer?.name === 'string' && typeof scorer.losses === 'function') return scorer;
  throw new DpoError(
    'INVALID_OPTION',
    'A scorer must be the path of a CLIP model, or an object with a name and a function "losses".',
    { details: { option: 'scorer' } },
  );
}

function chosen(given: ScorerOptions['scorer'], own: () => string): readonly WeightedScorer<ScorerChoice>[] {
  if (given === undefined) return [{ scorer: own() }];
  const list = isList(given) ? given : [given];
  return list.map((choice) =>
    isWeighted(choice) ? { ...sourceOf(choice.scorer), ...choice } : { scorer: choice, ...sourceOf(choice) },
  );
}

function sourceOf(choice: ScorerChoice): Pick<WeightedScorer, 'source'> {
  return typeof choice === 'string' ? { source: choice } : {};
}

function isList(given: NonNullable<ScorerOptions['scorer']>): given is Exclude<typeof given, ScorerChoice> {
  return Array.isArray(given);
}

function isWeighted(
  choice: ScorerChoice | WeightedScorer<ScorerChoice>,
): choice is WeightedScorer<ScorerChoice> {
  return typeof choice === 'object' && choice !== null && 'scorer' in choice;
}
