/**
 * @file A blind sheet for people who judge pictures, after the paper's protocol (appendix G.2): they see the user's prompt and an ordered
 * list of its key concepts, and say of each picture which are there; the hit rates decide. The protocol has no overall preference.
 */
import { createHash } from 'node:crypto';
import { DpoError, invariant } from '../../errors.ts';
import { MersenneTwister } from '../../tensor/mersenne-twister.ts';
import { barePng } from './bare-png.ts';
import { concealedText } from './concealed-text.ts';
import type { JudgedPictures, JudgementPair, Side } from './judgement-pair.ts';
import { type PageCard, sheetHtml } from './sheet-html.ts';
import { type OmittedPair, SHEET_KEY_FORMAT, type SheetCard, type SheetKey } from './sheet-key.ts';

export interface SheetOptions {
  /** Heading of the page, which shows another where it would name a run. */
  readonly title: string;
  /** Name of the experiment; goes into the key alone. */
  readonly experiment: string;
  /** Decides sides and order. */
  readonly seed: number;
  /** What all pictures may take in the page, in bytes: browsers open it whole, and JavaScript's strings end at 512 MiB. @default 480e6 */
  readonly maxBytes?: number;
}

export interface JudgementSheet {
  /** One page without references to anything outside, for judges. */
  readonly html: string;
  readonly key: SheetKey;
}

const DEFAULT_MAX_BYTES = 480e6;

/** A heading that says nothing. */
const NEUTRAL_TITLE = 'Which concepts are in the pictures?';

/**
 * The sheet and the key of `pairs`: the same pairs, seed and names give the same sheet. Pairs that nobody could judge, or whose prompts
 * are equal, are told in the key and not asked.
 * @throws {DpoError} INVALID_OPTION when no pair is left to be judged, or more than a page can hold; INVALID_IMAGE when a picture is no PNG file
 */
export function judgementSheet(pairs: readonly JudgementPair[], options: SheetOptions): JudgementSheet {
  const { experiment, seed, maxBytes = DEFAULT_MAX_BYTES } = options;
  const rng = new MersenneTwister(seed);
  const asked = shuffled(
    pairs.filter((pair) => reasonToOmit(pair) === undefined),
    rng,
  );
  if (asked.length === 0) throw nothingToJudge(pairs, experiment);
  const pictures = new PictureTable();
  const cards = asked.map((pair, index) => cardOf(pair, `c${index + 1}`, rng));
  const pageCards = asked.map((pair, index) => pageCardOf(pair, cards[index], pictures));
  if (pictures.bytes > maxBytes) throw tooLarge(asked.length, pictures.bytes, maxBytes);
  const title = pageTitle(options.title, pairs);
  const sheet = digest([JSON.stringify([options.title, experiment, seed, pageCards]), ...pictures.base64]);
  const html = sheetHtml({ sheet, title, cards: pageCards, pictures: pictures.base64 });
  const omitted = pairs.flatMap(omittedPairs);
  const names = { sheet, experiment, title: options.title, seed };
  return { html, key: { format: SHEET_KEY_FORMAT, version: 1, ...names, cards, omitted } };
}

/** Each different picture once: an original is compared with every run's. */
class PictureTable {
  readonly base64: string[] = [];
  readonly #places = new Map<string, number>();

  get bytes(): number {
    return this.base64.reduce((sum, text) => sum + text.length, 0);
  }

  /** The place of `png`; places follow the order of the page, so that they tell nothing that the page does not. */
  placeOf(png: Uint8Array): number {
    const text = Buffer.from(barePng(png)).toString('base64');
    const place = this.#places.get(text) ?? this.base64.push(text) - 1;
    this.#places.set(text, place);
    return place;
  }
}

function cardOf(pair: JudgementPair, card: string, rng: MersenneTwister): SheetCard {
  const { id, run, task, prompt, concepts, original, candidate } = pair;
  invariant(
    original.png.length === candidate.png.length,
    `the pair ${id} has ${original.png.length} and ${candidate.png.length} pictures`,
  );
  return {
    card,
    pair: id,
    run,
    task,
    prompt,
    concepts: [...concepts],
    pictures: original.png.length,
    candidateSide: rng.integer(2) === 0 ? 'left' : 'right',
    original: promptsOf(original),
    candidate: promptsOf(candidate),
  };
}

function pageCardOf(pair: JudgementPair, key: SheetCard, pictures: PictureTable): PageCard {
  const { card, task, prompt, concepts, candidateSide } = key;
  const placesOf = (side: Side) =>
    pair[side === candidateSide ? 'candidate' : 'original'].png.map((png) => pictures.placeOf(png));
  const left = placesOf('left');
  const page = { card, prompt, concepts, left, right: placesOf('right') };
  return task === 'improve'
    ? page
    : { ...page, concealed: concealedText(JSON.stringify(changeOf(key)), card) };
}

/** What a judge must know of an attack to say whether it alters the meaning. */
function changeOf({ original, candidate }: SheetCard): unknown {
  const isNegativeChanged = original.negativePrompt !== candidate.negativePrompt;
  return { prompt: candidate.prompt, ...(isNegativeChanged && { negativePrompt: candidate.negativePrompt }) };
}

function promptsOf({ prompt, negativePrompt }: JudgedPictures) {
  return { prompt, negativePrompt };
}

function omittedPairs(pair: JudgementPair): OmittedPair[] {
  const reason = reasonToOmit(pair);
  const { id, run, task, prompt } = pair;
  return reason === undefined ? [] : [{ pair: id, run, task, prompt, reason }];
}

function reasonToOmit({ concepts, original, candidate }: JudgementPair): OmittedPair['reason'] | undefined {
  if (concepts.length === 0) return 'no concepts';
  const isUnchanged =
    original.prompt === candidate.prompt && original.negativePrompt === candidate.negativePrompt;
  if (isUnchanged) return 'unchanged';
  return original.png.length === 0 || candidate.png.length === 0 ? 'no pictures' : undefined;
}

function pageTitle(title: string, pairs: readonly JudgementPair[]): string {
  const names = pairs.map(({ run }) => run.toLowerCase());
  return names.some((name) => title.toLowerCase().includes(name)) ? NEUTRAL_TITLE : title;
}

/** Fisher and Yates. */
function shuffled<T>(items: readonly T[], rng: MersenneTwister): T[] {
  const order = [...items];
  for (let last = order.length - 1; last > 0; last--) {
    const other = rng.integer(last + 1);
    [order[last], order[other]] = [order[other], order[last]];
  }
  return order;
}

function digest(texts: readonly string[]): string {
  const hash = createHash('sha256');
  for (const text of texts) hash.update(text).update('\0');
  return hash.digest('hex').slice(0, 16);
}

const REASON_TEXTS = {
  unchanged: 'found no other prompt',
  'no pictures': 'found one, but the store lacks its pictures or those of the original',
  'no concepts': 'had a prompt without key concepts',
} as const;

/** How many pairs are omitted for each reason. */
function reasonsText(pairs: readonly JudgementPair[]): string {
  const reasons = pairs.map(reasonToOmit);
  const counts = Object.entries(REASON_TEXTS).map(([reason, text]) => {
    const count = reasons.filter((one) => one === reason).length;
    return count === 0 ? [] : [`${count} ${text}`];
  });
  return counts.flat().join(', ');
}

function nothingToJudge(pairs: readonly JudgementPair[], experiment: string): DpoError {
  const found =
    pairs.length === 0
      ? 'it has no finished search yet'
      : `of its ${pairs.length} searches, ${reasonsText(pairs)}`;
  return new DpoError(
    'INVALID_OPTION',
    `There is nothing to judge in the experiment "${experiment}": ${found}.`,
    {
      details: { experiment },
    },
  );
}

function tooLarge(pairs: number, bytes: number, maxBytes: number): DpoError {
  const megabytes = (size: number) => `${Math.ceil(size / 1e6)} MB`;
  const message = `The pictures of ${pairs} pairs take ${megabytes(bytes)}, more than the ${megabytes(maxBytes)} that one page can hold. Judge an experiment with fewer prompts, runs or seeds.`;
  return new DpoError('INVALID_OPTION', message, { details: { pairs, bytes } });
}
