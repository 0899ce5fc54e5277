/** @file Names of runs as parts of file names. */

/**
 * Small letters of ASCII, digits and hyphens, in the order of `names`, each another: where nothing is left of a name, or two come to the same,
 * its place tells it apart.
 */
export function fileWords(names: readonly string[]): string[] {
  const plain = names.map(plainWord);
  const taken = new Set<string>();
  return plain.map((word, index) => {
    const isClear = word !== '' && plain.indexOf(word) === index;
    let own = isClear ? word : `${word || 'run'}-${index + 1}`;
    // Another run may have such a name by itself.
    while (taken.has(own) || (!isClear && plain.includes(own))) own += `-${index + 1}`;
    taken.add(own);
    return own;
  });
}

function plainWord(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}
