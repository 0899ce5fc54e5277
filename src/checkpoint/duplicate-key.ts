/** @file `JSON.parse` keeps the last of two equal keys in silence; where keys are addresses that will not do. */

/** The first key that stands twice in one object of `text`, which must be valid JSON; undefined when none does. */
export function duplicateKey(text: string): string | undefined {
  // The keys of each open object or array, outermost first; keys only occur in objects, so an array's set stays empty.
  const open: Set<string>[] = [];
  for (let at = 0; at < text.length; at++) {
    if (text[at] !== '"') {
      followNesting(open, text[at]!);
      continue;
    }
    const end = endOfString(text, at);
    if (isFollowedByColon(text, end)) {
      const key = JSON.parse(text.slice(at, end)) as string;
      if (open.at(-1)!.has(key)) return key;
      open.at(-1)!.add(key);
    }
    at = end - 1;
  }
  return undefined;
}

function followNesting(open: Set<string>[], char: string): void {
  if (char === '{' || char === '[') open.push(new Set());
  else if (char === '}' || char === ']') open.pop();
}

function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return at + 1;
}

function isFollowedByColon(text: string, from: number): boolean {
  let at = from;
  while (text[at] === ' ' || text[at] === '\n' || text[at] === '\t' || text[at] === '\r') at++;
  return text[at] === ':';
}
