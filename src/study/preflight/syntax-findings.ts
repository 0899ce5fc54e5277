/** @file Tells the user what we make of web UI commands in a prompt: nothing but text. */
import type { PromptSpace } from '../../words/prompt-space.ts';
import { searchedSlots } from '../../words/searched-slots.ts';
import { readWebUiSyntax, type WebUiSyntax, type WebUiSyntaxKind } from '../../words/web-ui-syntax.ts';
import type { PreflightFinding } from './preflight-finding.ts';

/** Commands shown of a long list. */
const MAX_LISTED = 5;
const MAX_LENGTH = 40;

/** What becomes of a command. */
const MEANING: Readonly<Record<WebUiSyntaxKind, string>> = {
  weight: 'the weight has no effect and is not searched',
  emphasis: 'the emphasis has no effect',
  parentheses: 'no emphasis',
  brackets: 'no weaker emphasis',
  braces: 'no emphasis',
  editing: 'not changed while sampling; nothing in it is searched',
  alternation: 'not alternated; nothing in it is searched',
  variants: 'none of them is chosen; nothing in it is searched',
  wildcard: 'no file is looked up',
  lora: 'no file is loaded; give it with --lora FILE:SCALE',
  network: 'no file is loaded',
  embedding: 'no embedding is loaded',
  break: 'the prompt is not split there',
  and: 'prompts are not combined',
  escape: 'the backslash is read too; write the bracket alone',
};

/** What is punctuation as often as a command. */
const ORDINARY: ReadonlySet<WebUiSyntaxKind> = new Set(['parentheses', 'brackets', 'braces']);

/**
 * One warning that lists the commands in `text` with their places; none when there are none.
 * @param what how the text is called: `prompt`, `negative prompt`
 */
export function syntaxFindings(text: string, what: string): PreflightFinding[] {
  const { syntax } = readWebUiSyntax(text);
  if (syntax.length === 0) return [];
  const commands = syntax.filter(({ kind }) => !ORDINARY.has(kind));
  const message =
    commands.length > 0
      ? `The ${what} has commands of web UIs, which are read as plain text here: ${listed(commands)}.`
      : `The ${what} has brackets, which are read as plain text: ${listed(syntax, false)}. A web UI would change the weight of the words in them; there, write \\( and \\) for the same picture.`;
  return [{ severity: 'warning', check: 'web-ui-syntax', message }];
}

/** Words to be searched that a web UI would read as commands, when the result is pasted there. */
export function choiceSyntaxFindings(space: PromptSpace): PreflightFinding[] {
  const words = searchedSlots(space).flatMap(({ slot: { choices } }) => choices.map(({ text }) => text));
  const risky = [...new Set(words)].filter(
    (word) => /[()[\]\\]/.test(word) || readWebUiSyntax(word).syntax.length > 0,
  );
  if (risky.length === 0) return [];
  const shown = risky.slice(0, MAX_LISTED).map((word) => JSON.stringify(shortened(word)));
  const rest = risky.length - shown.length;
  const list = rest === 0 ? shown.join(', ') : `${shown.join(', ')} and ${rest} more`;
  const message = `Some words to be searched would be commands in a web UI: ${list}. They are plain text here; in a web UI write \\( for (, as the pictures' text chunk "parameters" does.`;
  return [{ severity: 'warning', check: 'web-ui-syntax', message }];
}

function listed(syntax: readonly WebUiSyntax[], isExplained = true): string {
  const shown = syntax.slice(0, MAX_LISTED).map(({ kind, text, start }) => {
    const place = `${JSON.stringify(shortened(text))} at character ${start + 1}`;
    return isExplained ? `${place} (${MEANING[kind]})` : place;
  });
  const rest = syntax.length - shown.length;
  return rest === 0 ? shown.join(', ') : `${shown.join(', ')} and ${rest} more`;
}

function shortened(text: string): string {
  return text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH - 1)}…` : text;
}
