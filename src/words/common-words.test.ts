import { readFileSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { buildPromptSpace, generalDictionaries } from './build-prompt-space.ts';
import type { Task } from './prompt-space.ts';
import { isStoppedTerm } from './stop-list.ts';

const LIST = new URL('../../tests/fixtures/words/common-words.txt.gz', import.meta.url);
const WORDS = gunzipSync(readFileSync(LIST)).toString('utf8').split('\n');
const SLICE = 5_000;
/** Many words in one prompt, apart from each other so that none makes a compound. */
const WORDS_IN_A_PROMPT = 200;

/** Written apart from the stop list: what it must catch whatever it looks like. */
const UNSPEAKABLE = new RegExp(
  String.raw`\b(?:${[
    'nigger|nigga|negro|caucas|mongoloid|chink|spic\\b|kike|gook|wop\\b|dago|honk(?:y|ie)|whitey|redskin|squaw|gyps(?:y|ies)|octoroon|mulatto',
    'fuck|cunt|shit|piss|bitch|slut|whore|bastard|dick\\b|cock\\b|cocks\\b|pussy|tit\\b|tits\\b|boob|arse\\b|asshole|wank',
    'penis|vagina|testic|genital|nipple|scrotum|phall|orgasm|copulat|masturb|fornicat|sodom|anal\\b|porn|erotic|hentai|nude|naked',
    'prostitut|hooker|harlot|strumpet|brothel|rape\\b|rapist|faggot|dyke|lesbian|homosexual|tranny|incest|pedophil',
    'retard|cretin|imbecile|moron|spastic|heroin\\b|cocaine|swastika|nazi|holocaust',
  ].join('|')})`,
);

const slices = Array.from({ length: WORDS.length / SLICE }, (_, index) => index * SLICE);
const cases = slices.flatMap((from) => [
  { from, task: 'improve' as const },
  { from, task: 'attack' as const },
]);

describe('the 60,000 commonest words of English', () => {
  it.each<{ from: number; task: Task }>(cases)(
    'have no stopped choice for $task, from $from',
    async ({ from, task }) => {
      const dictionaries = generalDictionaries();
      const wrong: string[] = [];
      let choices = 0;
      for (let at = from; at < from + SLICE; at += WORDS_IN_A_PROMPT) {
        // The runner wants a sign of life each minute, on a busy machine too.
        await setImmediate();
        const prompt = WORDS.slice(at, at + WORDS_IN_A_PROMPT).join(', ');
        for (const slot of buildPromptSpace(prompt, { task, dictionaries }).slots) {
          choices += slot.choices.length;
          const stopped = slot.choices.filter(({ text }) => isStoppedTerm(text) || UNSPEAKABLE.test(text));
          wrong.push(...stopped.map(({ text }) => `${slot.text}: ${text}`));
        }
      }
      expect(wrong).toEqual([]);
      expect(choices).toBeGreaterThan(500);
    },
  );
});
