/** @file *a* or *an*: by sound, which in English is the first letter but for a few families of words. */

/** A silent h: an hour, an honest man. */
const SILENT_H = /^(?:hour|honest|honou?r|heir)/;
/** A vowel letter that sounds like *you* or *w*: a unicorn, a European, a one-way street. */
const CONSONANT_SOUND =
  /^(?:eu|ewe|one(?![a-z])|once|u(?:ni(?![dmn])|biq|fo|kulele|ran|rin|sa[bg]|sb|se|su|ten|til|top))/;
/** Letters and numbers by their names: an 8-ball, an 11th hour. */
const VOWEL_NUMBER = /^(?:8|11(?!\d)|18(?!\d))/;

/** The article that `phrase` needs. */
export function indefiniteArticle(phrase: string): 'a' | 'an' {
  const word = phrase.trim().toLowerCase();
  if (SILENT_H.test(word) || VOWEL_NUMBER.test(word)) return 'an';
  return /^[aeiou]/.test(word) && !CONSONANT_SOUND.test(word) ? 'an' : 'a';
}
