/** @file Values of the measuring scripts' options: what is wrong ends the process with a sentence and exit code 2. */

/** A whole number of at least `least`. */
export function wholeNumber(option: string, text: string, least = 1): number {
  const value = Number(text);
  if (text.trim() !== '' && Number.isInteger(value) && value >= least) return value;
  return refuse(`--${option} must be a whole number of at least ${least}, got "${text}".`);
}

export function oneOf<Name extends string>(option: string, text: string, names: readonly Name[]): Name {
  const found = names.find((name) => name === text);
  return found ?? refuse(`--${option} must be one of ${names.join(', ')}, got "${text}".`);
}

export function refuse(sentence: string): never {
  console.error(sentence);
  process.exit(2);
}
