/** @file Text as AUTOMATIC1111's prompt parser must be given it to read it as text. */

/** `text` with a backslash before each bracket and backslash. `BREAK`, `AND` and `<lora:…>` have no such form. */
export function asWebUiText(text: string): string {
  return text.replace(/[\\()[\]]/g, '\\$&');
}
