/** @file British and American spelling: the dictionaries hold American words. */

/** What a British ending is in America. */
const AMERICAN: readonly (readonly [RegExp, string])[] = [
  [/our(?=$|s$|ed$|ing$|ful$|less$|able$|ite$|ites$|y$|er$)/, 'or'],
  [/(?<=[bct])re(?=$|s$|d$)/, 'er'],
  [/is(?=e$|es$|ed$|ing$|er$|ers$|ation$)/, 'iz'],
  [/(?<=[aeiou])ll(?=ed$|ing$|er$|ers$|ery$)/, 'l'],
  [/^grey/, 'gray'],
  [/ogue(?=$|s$)/, 'og'],
  [/ence(?=$|s$)/, 'ense'],
  [/plough/, 'plow'],
  [/mould/, 'mold'],
  [/aeroplane/, 'airplane'],
  [/pyjama/, 'pajama'],
  [/cos(?=y$|ier$|iest$|ily$)/, 'coz'],
  [/tyre/, 'tire'],
  [/kerb/, 'curb'],
  [/jewellery/, 'jewelry'],
];

/** The American spellings that `word` may have; none when it is spelt the same. Whether they are words only a dictionary knows. */
export function americanSpellings(word: string): string[] {
  return AMERICAN.map(([british, american]) => word.replace(british, american)).filter(
    (other) => other !== word,
  );
}
