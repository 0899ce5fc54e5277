/** @file What the text encoders do not read of a prompt, and which words are therefore not worth searching. */
import type { ClipTokenizer } from '../../checkpoint/clip-tokenizer.ts';
import type { LeftOutWord, PromptSpace } from '../../words/prompt-space.ts';
import { limitedTo, type SearchedSlot, searchedSlots, slotName } from '../../words/searched-slots.ts';
import { truncationWarning } from '../truncation-warning.ts';
import type { PreflightFinding } from './preflight-finding.ts';

/** Words shown of a long list. */
const MAX_LISTED = 8;

/**
 * `space` without the slots that no text encoder would see the effect of, which are listed in `leftOut`. A word beyond the limit is
 * not in the picture, so it has neither a substitute nor a contrast. A negative prompt is as long as its slots make it: slots at
 * the end, the library's first, are left out until the longest one fits, so that no candidate is cut.
 * @param tokenizers of the model's text encoders, at least one; the shortest counts
 * @param given a negative prompt that stays before the chosen words
 */
export function withinTokenLimit(
  space: PromptSpace,
  tokenizers: readonly ClipTokenizer[],
  given = '',
): PromptSpace {
  const limit = Math.min(...tokenizers.map((tokenizer) => readLength(tokenizer, space.prompt)));
  const isRead = (each: SearchedSlot) =>
    each.kind === 'library' || each.slot.start + each.slot.text.length <= limit;
  const all = searchedSlots(space);
  const read = all.filter(isRead);
  const negative = read.filter(({ part }) => part === 'negative');
  const tooMany = negative.slice(fittingSlots(negative, tokenizers, given));
  const kept = new Set(read.filter((each) => !tooMany.includes(each)).map(({ slot }) => slot));
  const leftOut = [
    ...tooMany.map((each) => leftOutWord(each, 'no-room')),
    ...all.filter((each) => !isRead(each)).map((each) => leftOutWord(each, 'not-read')),
  ];
  const { leftOut: _, library, ...rest } = space;
  const fitting = library?.filter((slot) => kept.has(slot)) ?? [];
  return {
    ...rest,
    slots: space.slots.filter((slot) => kept.has(slot)),
    ...(fitting.length > 0 && { library: fitting }),
    ...(leftOut.length > 0 && { leftOut }),
  };
}

function leftOutWord(each: SearchedSlot, reason: LeftOutWord['reason']): LeftOutWord {
  return { text: slotName(each), start: each.kind === 'word' ? each.slot.start : null, reason };
}

/** Where the part of `prompt` ends that `tokenizer` has room for, in UTF-16 units; infinite when it has room for all. */
function readLength(tokenizer: ClipTokenizer, prompt: string): number {
  const { truncatedText } = tokenizer.tokenize(prompt);
  if (truncatedText === undefined) return Number.POSITIVE_INFINITY;
  return prompt.trimEnd().length - truncatedText.length;
}

/** How many of `slots`, from the first, fit into a negative prompt, after what is given, with their longest choices. */
function fittingSlots(
  slots: readonly SearchedSlot[],
  tokenizers: readonly ClipTokenizer[],
  given: string,
): number {
  const counts = tokenizers.map((tokenizer) => {
    const tokens = (text: string) => tokenizer.encode(text).length;
    const comma = tokens(',');
    let room = tokenizer.maxLength - 2 - tokens(given);
    const beyond = slots.findIndex(({ slot: { choices } }, i) => {
      const separator = i === 0 && given.trim() === '' ? 0 : comma;
      room -= Math.max(0, ...choices.map(({ text }) => tokens(text))) + separator;
      return room < 0;
    });
    return beyond < 0 ? slots.length : beyond;
  });
  return Math.min(...counts);
}

/** A sentence for each reason for which words are not searched. */
export function leftOutFindings({ leftOut = [] }: PromptSpace): PreflightFinding[] {
  const sentences = [
    [leftOut.filter(({ reason }) => reason === 'not-read'), 'the text encoder does not read them'] as const,
    [
      leftOut.filter(({ reason }) => reason === 'no-room'),
      'their substitutes would not fit into the negative prompt any more',
    ] as const,
  ];
  return sentences
    .filter(([words]) => words.length > 0)
    .map(([words, reason]) => ({
      severity: 'warning',
      check: 'token-limit',
      message: `Not searched, because ${reason}: ${listed(words.map(({ text }) => text))}.`,
    }));
}

/** What of `text` one of the model's text encoders does not read; the first that it overflows tells. */
export function truncationFindings(
  tokenizers: readonly ClipTokenizer[],
  text: string,
  what: string,
  reader?: string,
): PreflightFinding[] {
  const shortestFirst = [...tokenizers].sort((one, other) => one.maxLength - other.maxLength);
  for (const tokenizer of shortestFirst) {
    const message = truncationWarning(tokenizer, text, what, reader);
    if (message !== undefined) return [{ severity: 'warning', check: 'token-limit', message }];
  }
  return [];
}

/** A prompt that is read whole may lose its end to longer substitutes, where it is searched itself. */
export function growthFindings(space: PromptSpace, tokenizers: readonly ClipTokenizer[]): PreflightFinding[] {
  const { prompt } = space;
  const { slots } = limitedTo(space, 'positive');
  for (const tokenizer of tokenizers) {
    const room = tokenizer.maxLength - 2;
    const tokens = (text: string) => tokenizer.encode(text).length;
    const now = tokens(prompt);
    const growth = slots.reduce((sum, { text, choices }) => {
      const own = tokens(text);
      return sum + Math.max(0, ...choices.map((choice) => tokens(choice.text) - own));
    }, 0);
    if (now > room || now + growth <= room) continue;
    const message = `With its longest substitutes the prompt takes about ${now + growth} tokens, and the text encoder reads ${room}: such candidates lose their last words.`;
    return [{ severity: 'warning', check: 'token-limit', message }];
  }
  return [];
}

function listed(words: readonly string[]): string {
  const shown = words.slice(0, MAX_LISTED).map((word) => JSON.stringify(word));
  const rest = words.length - shown.length;
  return rest === 0 ? shown.join(', ') : `${shown.join(', ')} and ${rest} more`;
}
