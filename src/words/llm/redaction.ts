/** @file Takes secrets out of texts. A server may echo a key in an error or in a reply, and both are shown and kept. */

/** The text without any of the secrets. */
export type Redaction = (text: string) => string;

/** Shorter ones (`x`, `me`) are placeholders for servers that want no key, and pieces of ordinary words. */
const MIN_LENGTH = 4;

/** Each secret is also found as it stands in a JSON text, an address or a header. */
export function redactionOf(secrets: Iterable<string | undefined>): Redaction {
  const forms = [...secrets]
    .filter(isSecret)
    .flatMap((secret) => [
      secret,
      JSON.stringify(secret).slice(1, -1),
      encodeURIComponent(secret),
      Buffer.from(secret).toString('base64'),
      Buffer.from(secret).toString('base64url'),
    ]);
  // The longest first, so that no piece of one is left over
  const ordered = [...new Set(forms)].sort((one, other) => other.length - one.length);
  return (text) => ordered.reduce((rest, form) => rest.replaceAll(form, '[secret]'), text);
}

function isSecret(secret: string | undefined): secret is string {
  return secret !== undefined && secret.length >= MIN_LENGTH;
}
