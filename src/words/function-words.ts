/** @file Words that carry no picture of their own: they get no slot, whatever a dictionary thinks of them. */

const ARTICLES_AND_PRONOUNS = `a an the this that these those it its it's he him his she her hers they them their theirs we us our ours
  you your yours i me my mine who whom whose which what itself himself herself themselves each other another one's there here such
  same own`;

const CONJUNCTIONS = `and or but nor so yet if then than as while when whenever where because since although though unless whether
  until till during plus via per vs versus etc ie eg also too very`;

const AUXILIARIES = `be is am are was were been being do does did has have had having will would shall should can could may might must
  not n't don't doesn't isn't aren't can't`;

const PREPOSITIONS = 'of to at by for from about upon like unlike';

/** Phrases that stand for one function word. */
const PHRASES = [
  'in the style of',
  'such as',
  'as well as',
  'because of',
  'instead of',
  'kind of',
  'sort of',
  'in order to',
];

const FUNCTION_TERMS: ReadonlySet<string> = new Set([
  ...[ARTICLES_AND_PRONOUNS, CONJUNCTIONS, AUXILIARIES, PREPOSITIONS].flatMap((words) => words.split(/\s+/)),
  ...PHRASES,
]);

/** Whether `term` (lower case, words separated by single spaces) is a function word or such a phrase. */
export function isFunctionTerm(term: string): boolean {
  return FUNCTION_TERMS.has(term);
}
