/** @file Text of the user's, of files or of servers on its way to a terminal, which it must not command. */
import { withoutControls } from '../errors.ts';

/** `text` with its line breaks; whatever else would command a terminal is shown as an escape, as in the messages of errors. */
export function visibleText(text: string): string {
  return text.split('\n').map(withoutControls).join('\n');
}
