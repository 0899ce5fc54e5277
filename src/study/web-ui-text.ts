/** @file Text as AUTOMATIC1111's prompt parser must be given it to read it as text. */

/** `text` with a backslash before each bracket and backslash. What `hasWebUiCommand` finds has no such form. */
export function asWebUiText(text: string): string {
  return text.replace(/[\\()[\]]/g, '\\$&');
}

/** As the web UI looks for them: whatever kind of network is named is taken out of the prompt, and the words count anywhere. */
const COMMAND = /<\w+:[^>]+>|\b(?:BREAK|AND)\b/;

/** Whether it would take something in `text` for a command, however it is written: `<lora:…>` and the like, `BREAK` or `AND`. */
export function hasWebUiCommand(text: string): boolean {
  return COMMAND.test(text);
}
