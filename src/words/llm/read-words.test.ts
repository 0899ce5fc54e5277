import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readConcepts } from './read-concepts.ts';
import { readWords } from './read-words.ts';

const RED = [{ word: 'red', choices: ['blue', 'green'] }];
const JSON_TEXT = '{"words": [{"word": "red", "choices": ["blue", "green"]}]}';

describe('readWords()', () => {
  it.each([
    ['the schema', JSON_TEXT],
    ['a fence', `\`\`\`json\n${JSON_TEXT}\n\`\`\``],
    ['prose around it', `Sure [1], here is {the} JSON: ${JSON_TEXT}\nI hope "that" helps!`],
    ['thoughts before it', `<think>Maybe {"words": []}?\n…</think>\n${JSON_TEXT}`],
    ['the list alone', '[{"word": "red", "choices": ["blue", "green"]}]'],
    ['a map', '{"red": ["blue", "green"]}'],
    ['a map in the frame', '{"words": {"red": "blue, green"}}'],
    ['one text for all choices', '{"words": [{"word": "red", "choices": "blue, green"}]}'],
    [
      'more than asked for',
      '{"note": 1, "words": [{"word": "red", "choices": ["blue", "green"], "pos": "x"}]}',
    ],
    ['lines', 'red → blue, green'],
    ['brackets within strings', '{"words": [{"word": "red", "choices": ["blue (}])", "green"]}]}'],
  ])('reads %s', (_, text) => {
    expect(readWords(text)).toEqual({ value: RED });
  });

  it.each([
    ['{"words": [{"word": "red", "choi', 'its JSON was cut off'],
    ['```json\n{"words": [', 'its JSON was cut off'],
    ['{"words": 3}', 'its JSON was another than asked for (at words: expected array, received number)'],
    ['{"word": "red", "choices": ["blue"]}', 'its JSON was another than asked for'],
    ['{"words": [{"word": 3, "choices": []}]}', 'its JSON was another than asked for'],
    ['{}', 'its JSON was another than asked for'],
    ['Nothing to say.', 'it had no words with choices'],
    ['', 'it had no words with choices'],
  ])('says what is wrong with %j', (text, problem) => {
    expect(readWords(text).problem).toContain(problem);
  });

  it('takes any text, and never long', () => {
    const start = performance.now();
    for (const piece of ['[', '{', '{"', '[]', '{}', '"', '[{', '<think>', '[1,', ']['])
      readWords(piece.repeat(100_000));
    expect(performance.now() - start).toBeLessThan(5000);
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (text) => void readWords(text)));
  });
});

describe('readConcepts()', () => {
  it.each([
    ['{"concepts": ["red cat", "blue car"]}'],
    ['["red cat", "blue car"]'],
    ['Here:\n```\n["red cat", "blue car"]\n```'],
    ['1. red cat\n2. **blue car**.\n'],
    ['- "red cat"\n- blue car'],
  ])('reads %j', (text) => {
    expect(readConcepts(text)).toEqual({ value: ['red cat', 'blue car'] });
  });

  it.each(['', '{"concepts": 1}', '{"concepts": ["a'])('says what is wrong with %j', (text) => {
    expect(readConcepts(text).problem).toBeTypeOf('string');
  });

  it('takes any text', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (text) => void readConcepts(text)));
  });
});
