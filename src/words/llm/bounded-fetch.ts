/** @file `fetch` that ends: the whole answer must arrive in time and within a size. */

/** A hundred times the longest sensible answer. */
const MAX_REPLY_BYTES = 2 ** 20;

/** The answer did not end within the limit of its size. */
export class ReplyTooLongError extends Error {
  override readonly name = 'ReplyTooLongError';
}

/** The answer did not end within its time. */
export class ReplyTooLateError extends Error {
  override readonly name = 'ReplyTooLateError';
}

/** `fetch` whose answer is read whole, within `timeoutMs` and `maxBytes`, before it is given. */
export function boundedFetch(timeoutMs: number, maxBytes = MAX_REPLY_BYTES): typeof fetch {
  return async (input, init) => {
    const late = AbortSignal.timeout(timeoutMs);
    const signals = init?.signal ? [late, init.signal] : [late];
    try {
      const response = await fetch(input, { ...init, signal: AbortSignal.any(signals) });
      const body = await readWhole(response, maxBytes);
      const { status, statusText, headers } = response;
      return new Response(body.length === 0 ? null : body, { status, statusText, headers });
    } catch (error) {
      throw late.aborted && !init?.signal?.aborted ? new ReplyTooLateError('too late') : error;
    }
  };
}

async function readWhole(response: Response, maxBytes: number): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    // Leaving the loop ends the connection.
    if (size > maxBytes) throw new ReplyTooLongError('too long');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
