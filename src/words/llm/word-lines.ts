/**
 * @file Reads the paper's plain answers, `A → B`, in the ways in which models write them: numbered, bulleted, bold, with `->` or a
 * colon, one candidate a line or all in one.
 */
import type { WordProposal } from './word-proposal.ts';

const ARROW = /→|⟶|➔|➜|⇒|-+>|=+>|—>|–>/;
/** `-`, `*`, `•`, `1.`, `(2)` at the beginning. */
const BULLET = /^[\s*•–—·>-]*(?:\(?\d{1,4}[.):]\s)?[\s*•]*/;
const DECORATION = /[*_`"“”«»]|^['‘]|['’](?=\s*$)/g;
const NONE =
  /^(?:none|n\/?a|null|nothing|-+|—|no (?:clear |direct |real )?(?:opposites?|antonyms?|synonyms?|substitut\w*)\b.*)?$/i;
/** A remark in brackets. */
const REMARK = /\([^)]*\)|\[[^\]]*\]/g;
const MAX_LINES = 20_000;
/** A longer line is no answer, and would take long to read. */
const MAX_LENGTH = 1000;
/** Before a colon stands a word of the prompt, not a sentence. */
const MAX_COLON_WORDS = 4;

/** The proposals in the lines of `text`; lines that are none are passed over. Where there are arrows, colons are punctuation. */
export function wordLines(text: string): WordProposal[] {
  const lines = text.split('\n', MAX_LINES).map((line) => line.slice(0, MAX_LENGTH));
  const arrows = lines.filter((line) => ARROW.test(line));
  return (arrows.length > 0 ? arrows : lines).flatMap(proposalsOf);
}

function proposalsOf(line: string): WordProposal[] {
  const bare = line.replace(BULLET, '').trim();
  const arrows = bare.split(ARROW).length - 1;
  if (arrows > 1) {
    const pieces = bare.split(/[,;]/);
    // `red → blue, cat → dog` is two words, `red → blue → green` is one
    if (pieces.filter((piece) => ARROW.test(piece)).length > 1) return pieces.flatMap(proposalsOf);
  }
  const [word, ...rest] = arrows > 0 ? bare.split(ARROW) : atColon(bare);
  if (rest.length === 0) return [];
  return [{ word: plain(word), choices: splitChoices(rest.join(', ')) }];
}

function atColon(line: string): string[] {
  const at = line.indexOf(':');
  if (at < 0) return [line];
  const word = line.slice(0, at);
  return plain(word).split(/\s+/).length > MAX_COLON_WORDS ? [line] : [word, line.slice(at + 1)];
}

/** The candidates in one text: `blue, green or yellow (a colour)`. */
export function splitChoices(text: string): string[] {
  const bare = text.slice(0, MAX_LENGTH).replace(REMARK, '');
  if (NONE.test(bare.trim())) return [];
  return bare
    .split(/[,;/|]|\s+or\s+/)
    .map((choice) => plain(choice.replace(/^\s*(?:or|and)\s+/i, '').replace(/[.!]\s*$/, '')))
    .filter((choice) => !NONE.test(choice));
}

function plain(text: string): string {
  return text.replace(REMARK, '').trim().replace(DECORATION, '').trim();
}
